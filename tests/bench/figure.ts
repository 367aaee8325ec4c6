/** What the bench measures: figures, mostly as ratios of two things done in turns. Knows nothing about sandboxes. */

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly lab: string;
  /** `x`: ours divided by what it is compared with. */
  readonly unit: 'x' | 'MB' | 's';
  readonly value?: number;
  /** The value that it should not exceed, or with `atLeast` not fall short of. */
  readonly bar?: number | undefined;
  /** Both sides of a ratio, or what else explains the value. */
  readonly detail?: string;
  /** Why there is no value. */
  readonly skipped?: string;
  readonly failed?: string;
}

/** How a figure is come by. */
export interface Row extends Pick<Figure, 'name' | 'lab' | 'unit' | 'bar'> {
  /** Throws a `Skip` where this host or tree cannot do it. */
  readonly measure: () => Promise<{ value: number; detail: string }>;
}

/** Something is missing for a row, which is not a failure of what it measures. */
export class Skip extends Error {}

/** Measures one row; never rejects. */
export async function figureOf({ measure, ...row }: Row): Promise<Figure> {
  try {
    return { ...row, ...(await measure()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...row, ...(error instanceof Skip ? { skipped: reason } : { failed: reason }) };
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
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
export async function compare({
  rounds,
  ours,
  theirs,
  write,
}: Contest): Promise<{ value: number; detail: string }> {
  const [mine, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    mine.push(await ours());
    other.push(await theirs());
  }
  const [a, b] = [median(mine), median(other)];
  return { value: a / b, detail: `${write(a)} / ${write(b)}, ${rounds} rounds` };
}

export const writeMs = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

/** The figures as aligned text. */
export function table(figures: readonly Figure[]): string {
  const head = ['lab', 'figure', 'value', 'bar', 'verdict', 'measured'];
  const lines = figures.map((figure) => {
    const { lab, name, unit, value, bar, detail = '' } = figure;
    const amount = (n: number | undefined): string =>
      n === undefined ? '' : `${Number(n.toPrecision(3))} ${unit}`;
    return [
      lab,
      name,
      amount(value),
      amount(bar),
      verdict(figure),
      figure.failed ?? figure.skipped ?? detail,
    ];
  });
  const rows = [head, ...lines].map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ')));
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict({ value, bar, failed, skipped }: Figure): string {
  if (failed !== undefined) return 'failed';
  if (skipped !== undefined) return 'skipped';
  if (bar === undefined || value === undefined) return '';
  return value <= bar ? 'held' : 'missed';
}
