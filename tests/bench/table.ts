/** Writes figures as tables. Knows nothing about how they are measured. */
import type { Figure } from './figure.ts';

const HEAD = ['Lab', 'Figure', 'Value', 'Bar', 'Verdict', 'Measured'];

/** As aligned text, for a terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** As Markdown, for docs/performance.md. */
export function markdown(figures: readonly Figure[]): string {
  const line = (row: string[]): string => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [HEAD, HEAD.map(() => '---'), ...figures.map(cells)].map(line).join('\n');
}

/** Whether a figure is there and as it should be, where it has a bar. */
export function holds({ value, bar = Infinity, atLeast = -Infinity, failed }: Figure): boolean {
  return failed === undefined && (value === undefined || (value <= bar && value >= atLeast));
}

function cells(figure: Figure): string[] {
  const { lab, name, unit, value, bar, atLeast, detail = '' } = figure;
  const amount = (n: number): string => `${writeNumber(n)} ${unit === 'x' ? '×' : unit}`;
  const row = [
    lab,
    name,
    value === undefined ? '' : amount(value),
    bar === undefined ? (atLeast === undefined ? '' : `≥ ${amount(atLeast)}`) : `≤ ${amount(bar)}`,
    verdict(figure),
    figure.failed ?? figure.skipped ?? detail,
  ];
  return row.map((cell) => cell.replaceAll(/\s+/g, ' '));
}

function writeNumber(n: number): string {
  return `${Math.abs(n) >= 100 ? Math.round(n) : Number(n.toPrecision(2))}`;
}

function verdict(figure: Figure): string {
  const { value, bar, atLeast, failed, skipped } = figure;
  if (failed !== undefined) return 'failed';
  if (skipped !== undefined) return 'skipped';
  if (value === undefined || (bar ?? atLeast) === undefined) return '';
  return holds(figure) ? 'held' : 'missed';
}
