/** The learner's own values in text: `{{name}}` becomes a place that the page fills. Knows no lesson in particular. */
import { VALUE_REFERENCE } from '../../protocol/lesson.ts';
import { nearest } from './author-error.ts';

/** A piece of text: plain, or a reference to a value. */
export type Piece = { readonly text: string } | { readonly value: string };

/** Cuts text at its references. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(VALUE_REFERENCE)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ value: match[1] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The first reference whose name is not among `known`, as a message without a place; undefined: all are known. */
export function unknownValue(text: string, known: readonly string[]): string | undefined {
  for (const match of text.matchAll(VALUE_REFERENCE)) {
    const name = match[1] ?? '';
    if (!known.includes(name)) return `expected ${knownValues(name, known)}, found "${match[0]}"`;
  }
  return undefined;
}

/** "one of the lesson's values a, b": for the message about a name that is none of them. */
export function knownValues(name: string, known: readonly string[]): string {
  if (known.length === 0) return `a value from "values:" in the frontmatter, which has none`;
  const meant = nearest(name, known);
  const advice = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return `one of the lesson's values ${known.join(', ')}${advice}`;
}

/** Attributes of the element that stands for a value; its text is the name until the page knows the value. */
export function valueAttributes(name: string): Record<string, string> {
  return { class: 'value', 'data-value': name, title: `Your value ${name}` };
}
