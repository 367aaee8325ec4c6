/** What the bench measures: figures, mostly as ratios of two things done in turns. Knows nothing about sandboxes. */

/** What a figure is called, and what it should reach. */
export interface Head {
  readonly name: string;
  /** `x`: ours divided by what it is compared with. */
  readonly unit: 'x' | 'MB' | 'MiB' | 'KiB' | 'KB' | 's' | 'ms';
  /** The value that it should not exceed. */
  readonly bar?: number | undefined;
  /** The value that it should not fall short of. */
  readonly atLeast?: number;
}

/** One line of the table. */
export interface Figure extends Head {
  readonly lab: string;
  readonly value?: number;
  /** Both sides of a ratio, or what else explains the value. */
  readonly detail?: string;
  /** Why there is no value. */
  readonly skipped?: string;
  readonly failed?: string;
}

/** A figure's value. */
export interface Measured {
  readonly value: number;
  readonly detail: string;
}

/** How figures are come by that are measured together. */
export interface Row {
  readonly lab: string;
  readonly figures: readonly Head[];
  /** Milliseconds after which it counts as failed; two minutes without it. */
  readonly deadlineMs?: number;
  /** Gives the figures' values in their order. Throws a `Skip` where this host or tree cannot do it. */
  readonly measure: () => Promise<readonly Measured[]>;
}

/** A row of one figure. */
export interface Single extends Head {
  readonly lab: string;
  readonly measure: () => Promise<Measured>;
}

/** Makes a row of it. */
export function single({ lab, measure, ...head }: Single): Row {
  return { lab, figures: [head], measure: async () => [await measure()] };
}

/** Something is missing for a row, which is not a failure of what it measures. */
export class Skip extends Error {}

/** Milliseconds that a row may take. */
const DEADLINE_MS = 120_000;

/** Measures one row; never rejects. `late`: it was given up waiting for, and may still be at work. */
export async function figuresOf(row: Row): Promise<{ figures: Figure[]; late: boolean }> {
  const { lab, figures, measure, deadlineMs = DEADLINE_MS } = row;
  const { promise: over, reject } = Promise.withResolvers<never>();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reject(new Error(`expected it to take less than ${deadlineMs / 1000} s`));
  }, deadlineMs);
  try {
    const measured = await Promise.race([measure(), over]);
    return { figures: figures.map((head, n) => ({ lab, ...head, ...measured[n] })), late };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const why = error instanceof Skip ? { skipped: reason } : { failed: reason };
    return { figures: figures.map((head) => ({ lab, ...head, ...why })), late };
  } finally {
    clearTimeout(timer);
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

/** The smallest of the values that `share` of them do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Two ways of doing the same, in turns, so that a busy moment of the machine meets both. Each gives a number. */
export interface Contest {
  readonly rounds: number;
  readonly ours: () => Promise<number>;
  readonly theirs: () => Promise<number>;
  /** How a number is written in the detail. */
  readonly write: (value: number) => string;
}

/** The ratio of the medians. */
export async function compare({ rounds, ours, theirs, write }: Contest): Promise<Measured> {
  const [mine, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    mine.push(await ours());
    other.push(await theirs());
  }
  const [a, b] = [median(mine), median(other)];
  return { value: a / b, detail: `${write(a)} / ${write(b)}, ${rounds} rounds` };
}

export const writeMs = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
