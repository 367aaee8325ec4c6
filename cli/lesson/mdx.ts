/** Reads a lesson's text into Markdown's tree, with places. Knows nothing about rules or sandboxes. */
import type { Nodes, Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A component, or an element of HTML or SVG, in the text. */
export type Element = Extract<Nodes, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;

/** Where something stands, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Text that is not MDX. */
export class MdxError extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.name = 'MdxError';
    this.place = place;
  }
}

const processor = unified().use(remarkParse).use(remarkMdx).use(remarkFrontmatter).use(remarkGfm);

/** The tree of the whole file, the frontmatter included. Throws `MdxError` where the text is not MDX. */
export function parseMdx(text: string): Root {
  try {
    return processor.parse(text);
  } catch (error) {
    throw new MdxError(reasonOf(error), placeOfError(error));
  }
}

/** Where a node begins. */
export function placeOf(node: Nodes): Place {
  return { line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 };
}

/** Whether it is a component or an element, in a line or between lines. */
export function isElement(node: Nodes): node is Element {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** The value of a property that is written as text; undefined where there is none or it is an expression. */
export function propOf(element: Element, name: string): string | undefined {
  const found = element.attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === name);
  return typeof found?.value === 'string' ? found.value : undefined;
}

/** What stands in a node; nothing for one that cannot hold anything. */
export function childrenOf(node: Nodes): readonly RootContent[] {
  return 'children' in node ? (node.children as readonly RootContent[]) : [];
}

/** Calls back for each node below this one, in the order of the text, with those that it stands in, outermost first. */
export function walk(
  node: Nodes,
  visit: (node: RootContent, parents: readonly Nodes[]) => void,
  parents: readonly Nodes[] = [],
): void {
  const inside = [...parents, node];
  for (const child of childrenOf(node)) {
    visit(child, inside);
    walk(child, visit, inside);
  }
}

interface ParserMessage {
  readonly reason?: string;
  readonly line?: number;
  readonly column?: number;
  readonly place?: Partial<Place> & { readonly start?: Place };
}

function reasonOf(error: unknown): string {
  return (error as ParserMessage).reason ?? String(error);
}

/** The parser names a point, a range, or, for a missing end, only in words where it looked for it. */
function placeOfError(error: unknown): Place {
  const { line, column, place } = error as ParserMessage;
  const words = /\((\d+):(\d+)-/.exec(reasonOf(error));
  return {
    line: line ?? place?.line ?? place?.start?.line ?? Number(words?.[1] ?? 1),
    column: column ?? place?.column ?? place?.start?.column ?? Number(words?.[2] ?? 1),
  };
}
