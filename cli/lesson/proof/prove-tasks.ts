/** Proves a lesson's tasks: checks fail on the untouched scene, solutions make them pass, nothing is undone. */
import path from 'node:path';
import { MAX_MESSAGE } from '../../../server/checks/run-check.ts';
import { exercisesOf, type CatalogExercise } from '../../../server/lessons/catalog.ts';
import type { Bench, CheckReport } from './bench.ts';
import type { Failure, Steps } from './result.ts';
import { adviceOnFault, howItEnded, saidByCheck } from './words.ts';

/** Takes all steps on a fresh bench; those that rest on a failed one are skipped. `root`: what paths are told from. */
export async function proveTasks(bench: Bench, steps: Steps, root: string): Promise<void> {
  const proof = new TaskProof(bench, root);
  const tasks = exercisesOf(bench.lesson);
  await steps.take('untouched scene', () => proof.untouched());
  let sound = true;
  for (const [index, task] of tasks.entries()) {
    const name = `solution of ${task.id}`;
    if (!sound) {
      steps.skip(name);
      continue;
    }
    sound = await steps.take(name, () => proof.solved(task, tasks.slice(0, index)));
  }
  if (sound && bench.lesson.values.length > 0) await steps.take('values', () => proof.values());
}

/** Looks at the checks of a scene where nothing has been done: the start of a lesson, or the lab after a reset. */
export function proveUntouched(bench: Bench, root: string): Promise<Failure[]> {
  return new TaskProof(bench, root).untouched();
}

/** Types the task's solution and looks at its check, and at those of the tasks before it. */
export function proveSolution(bench: Bench, task: CatalogExercise, root: string): Promise<Failure[]> {
  const tasks = exercisesOf(bench.lesson);
  const earlier = tasks.slice(
    0,
    tasks.findIndex(({ id }) => id === task.id),
  );
  return new TaskProof(bench, root).solved(task, earlier);
}

class TaskProof {
  readonly #bench: Bench;
  readonly #root: string;

  constructor(bench: Bench, root: string) {
    this.#bench = bench;
    this.#root = root;
  }

  async untouched(): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const task of exercisesOf(this.#bench.lesson)) {
      const report = await this.#bench.check(task, { touches: true });
      failures.push(...this.#verdict(task, report, 'failed'), ...this.#traces(task, report));
      failures.push(...(await this.#hint(task)));
    }
    return failures;
  }

  async solved(task: CatalogExercise, earlier: readonly CatalogExercise[]): Promise<Failure[]> {
    const stuck = await this.#bench.solve(task);
    if (stuck) {
      const { line, text } = stuck.line;
      return [
        {
          ...this.#place(task, task.solveFile, line),
          expected: `the prompt after "${text.trim()}"`,
          found: stuck.found,
          mend: 'if it waits for input, give the answer as a further line, or use an option such as --yes',
          terminal: this.#bench.typist.tail(),
        },
      ];
    }
    const report = await this.#bench.settledCheck(task, { touches: true });
    const failures = [...this.#verdict(task, report, 'passed'), ...this.#traces(task, report)];
    for (const other of failures.length > 0 ? [] : earlier) {
      const again = await this.#bench.settledCheck(other);
      if (again.status === 'passed') continue;
      failures.push({
        ...this.#place(other, task.solveFile),
        expected: `that "${other.id}" still passes after the solution of "${task.id}"`,
        found: saidByCheck(again),
        mend: 'let the solution keep what was done before, or the check accept both',
        terminal: this.#bench.typist.tail(),
      });
    }
    return [...failures, ...(await this.#hint(task))];
  }

  /** At the end every value is known. */
  async values(): Promise<Failure[]> {
    const known = await this.#bench.values();
    return this.#bench.lesson.values.flatMap(({ name, scriptFile }) =>
      name in known
        ? []
        : [
            {
              file: this.#name(scriptFile ?? this.#bench.lesson.folder),
              line: 1,
              expected: `the value "${name}" on the first line of stdout once all tasks are done, and exit code 0`,
              found: 'none',
            },
          ],
    );
  }

  #verdict(task: CatalogExercise, report: CheckReport, wanted: 'failed' | 'passed'): Failure[] {
    const place = this.#place(task, task.checkFile);
    const found = saidByCheck(report);
    if (report.status === 'error' || report.status === 'timeout') {
      return [
        { ...place, expected: 'a check that passes or fails', found, mend: adviceOnFault(report.fault) },
      ];
    }
    if (wanted === 'passed' && report.status !== 'passed') {
      return [
        {
          ...place,
          expected: report.waiting
            ? 'that it passes in time after its solution'
            : 'that it passes after its solution',
          found,
          mend: 'try the solution by hand and see what the check misses',
          terminal: this.#bench.typist.tail(),
        },
      ];
    }
    if (wanted === 'failed' && report.status !== 'failed') {
      return [
        {
          ...place,
          expected: 'exit code 1 or 75 while nothing is done',
          found,
          mend: 'let it look at what the learner is to make',
        },
      ];
    }
    return wanted === 'failed' ? this.#message(place, report) : [];
  }

  #message(place: Omit<Failure, 'expected' | 'found'>, { message }: CheckReport): Failure[] {
    if (message === 'Not yet.') {
      const mend = 'print what is missing before "exit 1"';
      return [{ ...place, expected: 'a message that says what is missing', found: 'none', mend }];
    }
    if (message.length < MAX_MESSAGE || !message.endsWith('…')) return [];
    return [
      {
        ...place,
        expected: `a message of at most ${MAX_MESSAGE} characters`,
        found: 'more: the rest was cut',
        mend: 'send the output of commands to /dev/null, and print one or two sentences',
      },
    ];
  }

  #traces(task: CatalogExercise, { touched }: CheckReport): Failure[] {
    if (touched.length === 0) return [];
    const names = touched.slice(0, 5).join(', ') + (touched.length > 5 ? ', …' : '');
    return [
      {
        ...this.#place(task, task.checkFile),
        expected: "a check that changes nothing in the learner's home",
        found: `changes at ${names}`,
        mend: 'use mktemp for files of its own; for Python: export PYTHONDONTWRITEBYTECODE=1',
      },
    ];
  }

  async #hint(task: CatalogExercise): Promise<Failure[]> {
    const fault = await this.#bench.hintFault(task);
    if (fault === undefined || task.hintFile === undefined) return [];
    return [
      {
        ...this.#place(task, task.hintFile),
        expected: 'exit code 0 from the hint script, whatever the learner has done',
        found: howItEnded(fault),
        mend: 'print nothing where there is nothing to say',
      },
    ];
  }

  #place({ id }: CatalogExercise, file: string, line = 1): Pick<Failure, 'task' | 'file' | 'line'> {
    return { task: id, file: this.#name(file), line };
  }

  #name(file: string): string {
    return path.relative(this.#root, file);
  }
}
