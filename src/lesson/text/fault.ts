/** What the rules for a lesson's text share: its frontmatter, and how a mistake is told at a node of the tree. */
import type { MdastVisitorContext } from 'satteri';
import { AuthorError } from '../author-error.ts';

/** A path as the author would type it, from the root of the project. */
export type NameOf = (path: string) => string;

/** Anything with a place in the text. */
export interface Positioned {
  readonly position?: { start: { line: number; column: number } } | undefined;
}

/** Throws an `AuthorError` at a node; with `below`, at the start of the line so many lines under its first. */
export type Fault = (node: Positioned, message: string, below?: number) => never;

/** Tells mistakes in the file that is being compiled. */
export function faultIn({ fileURL }: Pick<MdastVisitorContext, 'fileURL'>, nameOf: NameOf): Fault {
  const file = nameOf(decodeURI(fileURL?.pathname ?? ''));
  return (node, message, below = 0) => {
    const start = node.position?.start;
    const column = below > 0 ? 1 : start?.column;
    throw new AuthorError({ file, line: start && start.line + below, column }, message);
  };
}

/** The lesson's frontmatter, which has not been held to its schema; what is set on it reaches the page. */
export function frontmatterOf({ data }: { readonly data: object }): Record<string, unknown> {
  const { astro } = data as { astro?: { frontmatter: Record<string, unknown> } };
  return astro?.frontmatter ?? {};
}

/** The names of the lesson's values. */
export function valuesOf(context: { readonly data: object }): string[] {
  const { values } = frontmatterOf(context);
  return values !== null && typeof values === 'object' ? Object.keys(values) : [];
}
