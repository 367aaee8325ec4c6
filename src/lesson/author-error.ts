/** A mistake in what an author wrote, and how it is told. Knows nothing about what was wrong. */

/** Where a mistake stands: a path from the root of the project, with line and column (from 1) where they are known. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A mistake in a lesson or course. The message begins `file:line:column: `, then says what was expected and found. */
export class AuthorError extends Error {
  override name = 'AuthorError';
  /** For tools that show the place. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  constructor(place: Place | string, message: string) {
    const { file, line, column }: Place = typeof place === 'string' ? { file: place } : place;
    super(`${[file, line, column].filter((part) => part !== undefined).join(':')}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

/** What was found, in the words of a message: quoted, on one line, shortened. */
export function quote(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 57)}...` : line}"`;
}

/** The one of `known` that `word` was probably meant to be; undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.max(1, Math.floor(word.length / 3)) ? near.name : undefined;
}

/** Letters to add, take away or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + Number(a[i] !== b[j]);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
