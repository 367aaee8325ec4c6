/**
 * Checks tasks by itself while somebody works: after commands, at the start, and while a task waits for something
 * slow. Knows nothing about terminals, requests or how a check is run.
 */
import type { Logger } from 'pino';
import type { Verdict } from '../../protocol/api.ts';
import { toDrydockError } from '../errors.ts';
import type { CatalogLesson } from '../lessons/catalog.ts';
import type { Memories } from './memory.ts';
import { goRound } from './round.ts';
import type { CheckedSandbox, TaskChecker } from './task-checker.ts';
import { Watch, type Cause, type Due } from './watch.ts';

export interface AutoChecksDeps {
  readonly checker: Pick<TaskChecker, 'look' | 'askValues'>;
  readonly memories: Memories;
  readonly catalog: () => { lesson(id: string): CatalogLesson | undefined };
  /** The sandbox as it is; undefined where there is none. */
  find(id: string): CheckedSandbox | undefined;
  /** Whether anybody looks at it. */
  watched(sandbox: CheckedSandbox): boolean;
  /** Tasks of the lesson that the learner has passed, whenever. */
  passed(learner: string, lesson: string): ReadonlySet<string>;
  /** Bounds how many checks run at a time, over all sandboxes; first come first served. */
  readonly gate: { run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> };
  readonly log: Logger;
}

interface Watched {
  readonly id: string;
  readonly watch: Watch;
  readonly abort: AbortController;
  timer: NodeJS.Timeout | undefined;
  round: Promise<void> | undefined;
  /** There is something to look at, and nobody was there to be told. */
  missed: boolean;
}

/** Milliseconds for all values of a sandbox. */
const ASK_MS = 30_000;

/** One round at a time for each sandbox. Causes that come during a round are joined into one that follows it. */
export class AutoChecks {
  readonly #deps: AutoChecksDeps;
  readonly #watched = new Map<string, Watched>();
  #closed = false;

  constructor(deps: AutoChecksDeps) {
    this.#deps = deps;
  }

  /** Somebody has begun to watch: the first time there is a look, and again after something was missed. */
  attached(id: string): void {
    const known = this.#watched.get(id);
    const isNew = known?.watch.generation !== this.#deps.find(id)?.generation;
    if (isNew || known?.missed === true) this.poke(id, 'start');
  }

  /** There is a cause to look at the sandbox's tasks. Unknown or not ready: nothing happens. */
  poke(id: string, cause: Cause): void {
    const watched = this.#of(id);
    if (!watched) return;
    watched.watch.want(cause, Date.now());
    this.#arm(watched);
  }

  /** A check that the learner asked for has given this verdict: what it opened, or what waits, is followed up. */
  checked(sandbox: CheckedSandbox, task: string, verdict: Verdict): void {
    const watched = this.#of(sandbox.id);
    if (!watched || watched.watch.generation !== sandbox.generation) return;
    const now = Date.now();
    watched.watch.learned(task, verdict, { now, anew: true });
    if (verdict.status === 'passed') watched.watch.want('checked', now);
    this.#arm(watched);
  }

  /** The sandbox was reset or has ended: nothing more is looked at for its old self. */
  forget(id: string): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    this.#watched.delete(id);
    clearTimeout(watched.timer);
    watched.abort.abort(new Error('the sandbox is gone'));
  }

  /** Ends all looks. Resolves when none is under way; none begins after the call. */
  async close(): Promise<void> {
    this.#closed = true;
    const rounds = [...this.#watched.values()].map(async ({ round }) => round);
    for (const id of this.#watched.keys()) this.forget(id);
    await Promise.all(rounds);
  }

  #of(id: string): Watched | undefined {
    const sandbox = this.#deps.find(id);
    if (this.#closed || sandbox?.state !== 'ready') return undefined;
    const known = this.#watched.get(id);
    if (known?.watch.generation === sandbox.generation) return known;
    this.forget(id);
    const watch = new Watch(sandbox.generation);
    const fresh = {
      id,
      watch,
      abort: new AbortController(),
      timer: undefined,
      round: undefined,
      missed: false,
    };
    this.#watched.set(id, fresh);
    return fresh;
  }

  #arm(watched: Watched): void {
    clearTimeout(watched.timer);
    if (watched.round || watched.abort.signal.aborted) return;
    const next = watched.watch.next();
    if (next === undefined) return;
    watched.timer = setTimeout(() => this.#begin(watched), Math.max(0, next - Date.now())).unref();
  }

  #begin(watched: Watched): void {
    const sandbox = this.#deps.find(watched.id);
    if (sandbox?.state !== 'ready' || sandbox.generation !== watched.watch.generation) {
      this.forget(watched.id);
      return;
    }
    // Who comes back finds what was done meanwhile, by one look.
    watched.missed = !this.#deps.watched(sandbox);
    if (watched.missed) return;
    watched.round = this.#run(watched, sandbox);
  }

  /** Resolves, never rejects, when the round is over and the next one has its time. */
  async #run(watched: Watched, sandbox: CheckedSandbox): Promise<void> {
    const began = Date.now();
    const due = watched.watch.take(began);
    await this.#round(watched, sandbox, due).catch((error: unknown) =>
      this.#explain(sandbox, error, watched.abort.signal),
    );
    watched.round = undefined;
    watched.watch.paused(began, Date.now());
    // A round that ended early, since everybody left, is made up for.
    if (!this.#deps.watched(sandbox)) watched.missed = true;
    this.#arm(watched);
  }

  async #round({ watch, abort: { signal } }: Watched, sandbox: CheckedSandbox, due: Due): Promise<void> {
    const { catalog, checker, gate, memories } = this.#deps;
    const lesson = catalog().lesson(sandbox.lesson);
    if (!lesson) return;
    if (due.all) {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]);
      await gate.run(bounded, () => checker.askValues(sandbox, bounded));
    }
    const memory = () => memories.find(sandbox);
    await goRound({
      lesson,
      passed: () => this.#deps.passed(sandbox.learner, sandbox.lesson),
      passedHere: (task) => memory()?.hasPassed(task) ?? false,
      asksAgain: (task) => (memory()?.isBroken(task) || memory()?.isWaiting(task)) ?? false,
      wants: (task) => due.wants(task),
      goesOn: () => !signal.aborted && this.#deps.watched(sandbox),
      look: async (task, opened) => {
        const quietly = due.quietly || opened;
        const verdict = await gate.run(signal, () => checker.look(sandbox, task, { quietly, signal }));
        watch.learned(task, verdict, { now: Date.now(), anew: due.all });
        return verdict;
      },
    });
  }

  /** The next cause looks again, so that nothing is lost. */
  #explain({ id, lesson }: CheckedSandbox, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const { code } = toDrydockError(error);
    const level = code === 'internal' ? 'error' : 'debug';
    this.#deps.log[level]({ err: error, id, lesson }, 'tasks could not be checked by themselves');
  }
}
