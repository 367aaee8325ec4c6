/** When the tasks of one sandbox are due for a look. Only keeps the times: starts nothing, knows no clock. */
import type { Verdict } from '../../protocol/api.ts';

/** Why to look: somebody has begun to watch; a command has ended, or a program that still runs has got a line; a file
 * was saved; the learner has checked a task by hand. */
export type Cause = 'start' | 'command' | 'pause' | 'saved' | 'checked';

/** What is to be looked at. */
export interface Due {
  /** All that is open, but for tasks that rest; else only those that wait. */
  readonly all: boolean;
  /** Nothing has been done since the last look: what is found first is no news. */
  readonly quietly: boolean;
  wants(task: string): boolean;
}

/** Milliseconds from the cause to the look. The prompt comes first, and causes that come together are one. */
const DELAY: Readonly<Record<Cause, number>> = {
  start: 1500,
  command: 150,
  pause: 150,
  saved: 150,
  checked: 150,
};
/** Between two rounds: at least this, and as long as the last took, so that half of the time is free. */
const PAUSE = { least: 150, most: 2000 } as const;
/** Milliseconds between looks at a task that waits for something slow; the last again and again. */
const WAITS = [1000, 2000, 4000, 8000, 15_000, 30_000] as const;
/** Milliseconds after which nobody waits any more. */
const WAIT_AT_MOST = 10 * 60_000;
/** Milliseconds for which a task rests whose check was too slow or faulty. */
const REST = 30_000;

interface Waiting {
  readonly since: number;
  readonly step: number;
  readonly at: number;
}

/** All times are milliseconds of the caller's clock. */
export class Watch {
  readonly generation: number;
  #all: { readonly at: number; readonly quietly: boolean } | undefined;
  readonly #waiting = new Map<string, Waiting>();
  readonly #resting = new Map<string, number>();
  #notBefore = 0;
  /** Whether the learner has done anything that may have changed something. */
  #touched = false;

  constructor(generation: number) {
    this.generation = generation;
  }

  /** Joins the cause to what is due already. */
  want(cause: Cause, now: number): void {
    const quiet = cause === 'start' || cause === 'checked';
    if (!quiet) this.#touched = true;
    const quietly = cause === 'checked' || !this.#touched;
    this.#all = {
      at: Math.min(this.#all?.at ?? Infinity, now + DELAY[cause]),
      quietly: quietly && (this.#all?.quietly ?? true),
    };
  }

  /** When something is due next; undefined: nothing is. */
  next(): number | undefined {
    const times = [...this.#waiting.values()].map(({ at }) => at);
    if (this.#all) times.push(this.#all.at);
    return times.length === 0 ? undefined : Math.max(this.#notBefore, Math.min(...times));
  }

  /** What is due. It is not any more after this call, but for tasks that wait, whose verdict is still to come. */
  take(now: number): Due {
    const all = this.#all !== undefined && this.#all.at <= now;
    const quietly = all && this.#all?.quietly === true;
    if (all) this.#all = undefined;
    const waits = new Set([...this.#waiting].filter(([, { at }]) => at <= now).map(([task]) => task));
    const rests = new Set([...this.#resting].filter(([, until]) => until > now).map(([task]) => task));
    return { all, quietly, wants: (task) => (all ? !rests.has(task) : waits.has(task)) };
  }

  /** The round has ended; the next comes no sooner than is good for the sandbox. */
  paused(began: number, now: number): void {
    this.#notBefore = now + Math.min(PAUSE.most, Math.max(PAUSE.least, now - began));
    // A task whose look did not come to a verdict waits on, or it would be due without end.
    for (const [task, waiting] of this.#waiting) if (waiting.at <= now) this.#wait(task, waiting, now);
  }

  /** Takes note of a verdict. `anew`: something has been done, so that waiting begins with short steps. */
  learned(task: string, verdict: Verdict, { now, anew }: { now: number; anew: boolean }): void {
    const before = anew ? undefined : this.#waiting.get(task);
    this.#waiting.delete(task);
    this.#resting.delete(task);
    if (verdict.waiting === true) this.#wait(task, before, now);
    if (verdict.status === 'timeout' || verdict.status === 'error') this.#resting.set(task, now + REST);
  }

  #wait(task: string, before: Waiting | undefined, now: number): void {
    const { since, step } = before ? { since: before.since, step: before.step + 1 } : { since: now, step: 0 };
    const at = now + (WAITS[Math.min(step, WAITS.length - 1)] ?? 0);
    if (at - since > WAIT_AT_MOST) this.#waiting.delete(task);
    else this.#waiting.set(task, { since, step, at });
  }
}
