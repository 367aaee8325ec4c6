/** Proves a lesson's text: what its fences show is what the lab prints, and what it offers to run works. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exercisesOf } from '../../../server/lessons/catalog.ts';
import { VALUE_REFERENCE } from '../../../protocol/lesson.ts';
import { fillIn } from '../fill-in.ts';
import { MdxError, parseMdx } from '../mdx.ts';
import type { Bench } from './bench.ts';
import { proveUntouched } from './prove-tasks.ts';
import type { Failure, Steps } from './result.ts';
import { firstDifference, leavesOpen, shows } from './shows.ts';
import { FenceError, planText, type SolvedTask, type TextStep, type TypedCommand } from './text-plan.ts';
import { StuckError } from './typist.ts';
import { saidByCheck } from './words.ts';

/** Takes all steps on a fresh bench, which stands for the lab after a reset. `root`: what paths are told from. */
export async function proveText(bench: Bench, steps: Steps, root: string): Promise<void> {
  const proof = new TextProof(bench, root);
  await steps.take('after a reset', () => proveUntouched(bench, root));
  const plan = await proof.plan();
  if (!Array.isArray(plan)) {
    await steps.take('text', () => Promise.resolve([plan]));
    return;
  }
  await steps.take(`text (${count(plan)})`, () => proof.read(plan, steps.bail));
}

function count(plan: readonly TextStep[]): string {
  const commands = plan.filter(({ kind }) => kind === 'command').length;
  return `${commands} command${commands === 1 ? '' : 's'}`;
}

class TextProof {
  readonly #bench: Bench;
  readonly #source: string;
  readonly #file: string;

  constructor(bench: Bench, root: string) {
    this.#bench = bench;
    this.#source = path.join(bench.lesson.folder, 'index.mdx');
    this.#file = path.relative(root, this.#source);
  }

  /** What is to be typed, or why that cannot be told. */
  async plan(): Promise<TextStep[] | Failure> {
    try {
      return planText(parseMdx(await readFile(this.#source, 'utf8')));
    } catch (error) {
      const { file } = { file: this.#file };
      if (error instanceof FenceError) {
        return { file, line: error.line, expected: error.expected, found: error.found };
      }
      if (error instanceof MdxError) {
        return { file, line: error.place.line, expected: 'MDX', found: error.message };
      }
      throw error;
    }
  }

  /** Types everything; after a line that never ends there is no going on, and with `bail` after no failure. */
  async read(plan: readonly TextStep[], bail: boolean): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const step of plan) {
      const { failure, stuck } = step.kind === 'task' ? await this.#solve(step) : await this.#run(step);
      if (failure) failures.push(failure);
      if (stuck || (failure && bail)) break;
    }
    return failures;
  }

  async #solve({ id, line }: SolvedTask): Promise<Outcome> {
    const task = exercisesOf(this.#bench.lesson).find((one) => one.id === id);
    // The catalog tells of a task that is not in the frontmatter.
    if (!task) return {};
    const stuck = await this.#bench.solve(task);
    if (stuck) {
      const expected = `that the solution of "${id}" can be typed here, where its task stands`;
      return { failure: { ...this.#failure(line, { expected, found: stuck.found }), task: id }, stuck: true };
    }
    // What comes by itself has come when the learner reads on.
    const report = await this.#bench.settledCheck(task);
    if (report.status === 'passed') return {};
    const expected = `that "${id}" passes after its solution, here where its task stands`;
    return { failure: { ...this.#failure(line, { expected, found: saidByCheck(report) }), task: id } };
  }

  async #run(step: TypedCommand): Promise<Outcome> {
    const values = await this.#valuesFor(step);
    const fill = (text: string): string => (step.verbatim ? text : fillIn(text, values));
    const command = fill(step.command);
    const unknown = step.verbatim ? undefined : VALUE_REFERENCE.exec(command)?.[0];
    VALUE_REFERENCE.lastIndex = 0;
    if (unknown !== undefined) {
      const expected = `a known value for ${unknown} by this place of the text`;
      return { failure: this.#failure(step.line, { expected, found: 'none' }) };
    }
    try {
      const expected = step.next === undefined ? { last: true } : { prompt: step.next };
      const { output, code } = await this.#bench.typist.type(command, expected);
      return this.#judge(
        { ...step, output: step.output === undefined ? undefined : fill(step.output) },
        { output, code },
      );
    } catch (error) {
      if (!(error instanceof StuckError)) throw error;
      const expected = `the prompt after "${command}"`;
      return { failure: this.#failure(step.line, { expected, found: error.found }), stuck: true };
    }
  }

  #judge(step: TypedCommand, answer: { output: string; code: number | undefined }): Outcome {
    if (step.output === undefined || leavesOpen(step.output)) {
      if (answer.code === undefined || answer.code === 0) return {};
      const expected = `exit code 0 from "${step.command}"`;
      const mend = 'mend the command, or show below it what it prints';
      return {
        failure: { ...this.#failure(step.line, { expected, found: `exit code ${answer.code}` }), mend },
      };
    }
    if (shows(step.output.trimEnd(), answer.output)) return {};
    const { expected, found } = firstDifference(step.output.trimEnd(), answer.output);
    const failure = this.#failure(step.line, {
      expected: `"${expected}" in the output of "${step.command}"`,
      found: `"${found.slice(0, 300)}"`,
    });
    return { failure: { ...failure, mend: 'show what the lab prints; "…" stands for what varies' } };
  }

  /** Values cost a look into the sandbox, so they are asked for where they are named. */
  async #valuesFor(step: TypedCommand): Promise<Record<string, string>> {
    const named = !step.verbatim && `${step.command}${step.output ?? ''}`.includes('{{');
    return named ? this.#bench.values() : {};
  }

  #failure(line: number, what: Pick<Failure, 'expected' | 'found'>): Failure {
    return { file: this.#file, line, ...what, terminal: this.#bench.typist.tail() };
  }
}

interface Outcome {
  readonly failure?: Failure;
  /** Nothing more can be typed. */
  readonly stuck?: boolean;
}
