/**
 * Looks whether the tasks of a lesson are done in a learner's sandbox, keeps what the learner has passed, and tells all
 * who watch. Knows nothing about requests, nor when to look.
 */
import type { Logger } from 'pino';
import type { CheckRun, HintAnswer, SandboxEvent, SandboxState, Verdict } from '../../protocol/api.ts';
import { DrydockError } from '../errors.ts';
import { exercisesOf, type CatalogExercise, type CatalogLesson } from '../lessons/catalog.ts';
import type { Sandbox } from '../sandbox/engine.ts';
import { LearnerValues } from './learner-values.ts';
import type { Memories } from './memory.ts';
import type { Check, ScriptFault } from './run-check.ts';
import { runHint } from './run-hint.ts';
import { runScript } from './run-script.ts';

/** A learner's sandbox, as far as checks care. */
export interface CheckedSandbox {
  readonly id: string;
  readonly generation: number;
  readonly learner: string;
  /** `course/slug`. */
  readonly lesson: string;
  readonly state: SandboxState;
}

/** See `runCheck`. */
export type RunCheck = (sandbox: Sandbox, check: Check, signal: AbortSignal) => Promise<Verdict>;

export interface TaskCheckerDeps {
  readonly catalog: () => { lesson(id: string): CatalogLesson | undefined };
  readonly registry: {
    /** Throws `not-found` once it is gone. */
    get(learner: string, id: string): CheckedSandbox;
    sandbox(id: string, signal: AbortSignal): Promise<Sandbox>;
  };
  readonly progress: {
    attempt(
      learner: string,
      task: { lesson: string; task: string },
      attempt: { status: Verdict['status']; at: Date },
    ): void;
    passed(learner: string, lesson: string, task: string, at: Date): void;
  };
  readonly memories: Memories;
  readonly publish: (id: string, event: SandboxEvent) => void;
  readonly runCheck: RunCheck;
  /** The text of a lesson's script, as it stands: authors change them while they try. */
  readScript(file: string): Promise<string>;
  /** Random bytes that learners do not know. */
  readonly secret: Buffer;
  readonly log: Logger;
}

/** How often a verdict was told, by who asked and what it was. */
export type VerdictCounts = Record<'learner' | 'server', Record<Verdict['status'], number>>;

interface Look {
  readonly by: keyof VerdictCounts;
  /** See `SandboxMemory.learn`. */
  readonly quietly: boolean;
  readonly signal: AbortSignal;
}

interface Subject {
  readonly sandbox: CheckedSandbox;
  readonly lesson: CatalogLesson;
  readonly task: CatalogExercise;
}

/** Time for a script to wait for its turn and for the engine, on top of what the task allows it. */
const OVERHEAD_MS = 30_000;

export class TaskChecker {
  readonly counts: VerdictCounts = { learner: noVerdicts(), server: noVerdicts() };
  readonly #deps: TaskCheckerDeps;
  readonly #values: LearnerValues;

  constructor(deps: TaskCheckerDeps) {
    this.#deps = deps;
    const onChange = (id: string, data: Record<string, string>): void =>
      deps.publish(id, { event: 'values', data });
    this.#values = new LearnerValues({ ...deps, onChange });
  }

  /** Checks because the learner asks: the verdict counts and is told, news or not. Throws `not-found` for what is no
   * exercise of the lesson, `conflict` unless the sandbox is ready and stays so, and as `runCheck`. */
  async check(sandbox: CheckedSandbox, task: string, signal: AbortSignal): Promise<Verdict> {
    const subject = this.#subject(sandbox, task);
    const bounded = boundedBy(subject.task, signal);
    await this.askValues(sandbox, bounded);
    return this.#look(subject, { by: 'learner', quietly: false, signal: bounded });
  }

  /** Checks by itself: only news count and are told; what is found first is none if `quietly`. Throws as `check`. */
  async look(
    sandbox: CheckedSandbox,
    task: string,
    { quietly, signal }: { quietly: boolean; signal: AbortSignal },
  ): Promise<Verdict> {
    const subject = this.#subject(sandbox, task);
    return this.#look(subject, { by: 'server', quietly, signal: boundedBy(subject.task, signal) });
  }

  /** What the task's hint script says; nothing where it is faulty. Throws `not-found` where there is none, else as
   * `check`. */
  async hint(sandbox: CheckedSandbox, task: string, signal: AbortSignal): Promise<HintAnswer> {
    const subject = this.#subject(sandbox, task);
    const file = subject.task.hintFile;
    if (file === undefined)
      throw new DrydockError('not-found', `The task "${task}" has no hint that looks at the lab.`);
    const bounded = boundedBy(subject.task, signal);
    const values = await this.askValues(sandbox, bounded);
    const hint = {
      ...(await this.#script(file, subject.task)),
      values,
      onFault: this.#onFault(subject, file),
    };
    return runHint(await this.#deps.registry.sandbox(sandbox.id, bounded), hint, bounded);
  }

  /** Runs the check for its author: nothing is counted, kept or told to anybody else. Throws as `check`. */
  async inspect(sandbox: CheckedSandbox, task: string, signal: AbortSignal): Promise<CheckRun> {
    const subject = this.#subject(sandbox, task);
    const file = subject.task.checkFile;
    const bounded = boundedBy(subject.task, signal);
    const values = await this.askValues(sandbox, bounded);
    const running = await this.#deps.registry.sandbox(sandbox.id, bounded);
    const result = await runScript(running, { ...(await this.#script(file, subject.task)), values }, bounded);
    return { ...result, file };
  }

  /** Asks the sandbox for the values that only it knows, tells those who watch if one has changed, and returns all. */
  async askValues(sandbox: CheckedSandbox, signal: AbortSignal): Promise<Record<string, string>> {
    const lesson = this.#deps.catalog().lesson(sandbox.lesson);
    if (!lesson?.values.some(({ kind }) => kind === 'script')) return this.valuesOf(sandbox);
    const running = await this.#deps.registry.sandbox(sandbox.id, signal);
    const told = await this.#values.ask(sandbox, { lesson, sandbox: running, signal });
    this.#requireSame(sandbox);
    return this.#values.learn(sandbox, lesson, told);
  }

  /** The values that are known. */
  valuesOf(sandbox: CheckedSandbox): Record<string, string> {
    const lesson = this.#deps.catalog().lesson(sandbox.lesson);
    return lesson ? this.#values.of(sandbox, lesson) : {};
  }

  async #look(subject: Subject, { by, quietly, signal }: Look): Promise<Verdict> {
    const { sandbox, lesson, task } = subject;
    const { memories, registry, runCheck } = this.#deps;
    const [text, running] = await Promise.all([
      this.#script(task.checkFile, task),
      registry.sandbox(sandbox.id, signal),
    ]);
    const known = by === 'server' && memories.find(sandbox)?.last(task.id)?.status === 'error';
    const onFault = known ? () => undefined : this.#onFault(subject, task.checkFile);
    const check = { ...text, values: this.#values.of(sandbox, lesson), onFault };
    const found = await runCheck(running, check, signal);
    this.#requireSame(sandbox);
    const memory = memories.of(sandbox);
    const verdict = memory.judge(task.id, found);
    const news = memory.learn(task.id, verdict, quietly);
    if (news || by === 'learner') this.#tell(subject, verdict, by);
    return verdict;
  }

  #tell({ sandbox, task }: Subject, verdict: Verdict, by: keyof VerdictCounts): void {
    const { memories, progress, publish } = this.#deps;
    const { id, learner, lesson } = sandbox;
    const at = new Date();
    this.counts[by][verdict.status]++;
    progress.attempt(learner, { lesson, task: task.id }, { status: verdict.status, at });
    if (verdict.status === 'passed') progress.passed(learner, lesson, task.id, at);
    memories.of(sandbox).tell(task.id, verdict);
    publish(id, { event: 'task', data: { id: task.id, verdict } });
  }

  #subject(sandbox: CheckedSandbox, id: string): Subject {
    const lesson = this.#deps.catalog().lesson(sandbox.lesson);
    const task = lesson && exercisesOf(lesson).find((one) => one.id === id);
    if (!task) throw new DrydockError('not-found', `The lesson ${sandbox.lesson} has no exercise "${id}".`);
    if (sandbox.state !== 'ready') {
      throw new DrydockError('conflict', `The lab must be ready for a check; it is ${sandbox.state}.`, {
        details: { state: sandbox.state },
      });
    }
    return { sandbox, lesson, task };
  }

  /** What was found in a sandbox that is gone says nothing about the one that took its place. */
  #requireSame({ learner, id, generation }: CheckedSandbox): void {
    const now = this.#deps.registry.get(learner, id);
    if (now.generation === generation && now.state === 'ready') return;
    throw new DrydockError('conflict', 'The lab was reset or ended during the check.', {
      details: { state: now.state },
    });
  }

  async #script(file: string, task: CatalogExercise): Promise<{ script: string; timeoutMs: number }> {
    return { script: await this.#deps.readScript(file), timeoutMs: timeoutOf(task) };
  }

  #onFault({ sandbox: { lesson }, task }: Subject, file: string): (fault: ScriptFault) => void {
    return (fault) =>
      this.#deps.log.error({ lesson, task: task.id, file, ...fault }, 'a script of a task is faulty');
  }
}

function boundedBy(task: CatalogExercise, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutOf(task) + OVERHEAD_MS)]);
}

function timeoutOf({ timeoutSeconds }: CatalogExercise): number {
  return timeoutSeconds * 1000;
}

function noVerdicts(): Record<Verdict['status'], number> {
  return { passed: 0, failed: 0, broken: 0, timeout: 0, error: 0 };
}
