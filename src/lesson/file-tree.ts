/** A tree of files from an indented list. Knows neither Markdown nor HTML. */

/** A file or a folder, with the author's remark on it. */
export interface TreeEntry {
  readonly name: string;
  readonly folder: boolean;
  /** Inline Markdown. */
  readonly remark?: string;
  readonly children: readonly TreeEntry[];
}

/** A line of the list: how deep it stands, counted from 0, and its text. */
export interface TreeLine {
  readonly depth: number;
  readonly text: string;
  /** From 1, for messages. */
  readonly line: number;
}

/** What is wrong with a tree, and in which of its lines. */
export class TreeFault extends Error {
  override name = 'TreeFault';
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Lines of a plain text that is indented by blanks. Throws `TreeFault` where the indentation makes no tree. */
export function linesOf(text: string): TreeLine[] {
  const lines: TreeLine[] = [];
  const indents: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    if (line.slice(0, indent).includes('\t')) {
      throw new TreeFault(index + 1, 'expected blanks for the indentation, found a tab');
    }
    const deepest = indents.length;
    while ((indents.at(-1) ?? -1) > indent) indents.pop();
    if (indents.at(-1) !== indent) {
      if (indents.length < deepest) {
        const expected =
          indents.length === 0 ? 'at least that of the first line' : `${indents.join(' or ')} blanks`;
        throw new TreeFault(index + 1, `expected an indentation of ${expected}, found ${indent}`);
      }
      indents.push(indent);
    }
    lines.push({ depth: indents.length - 1, text: line.trim(), line: index + 1 });
  }
  return lines;
}

/**
 * The tree. A line is a name, then perhaps a remark after blanks; a name that ends in `/`, or that has entries below
 * it, is a folder's; one with blanks in it stands in backticks. Throws `TreeFault` where there is no line.
 */
export function treeOf(lines: readonly TreeLine[]): TreeEntry[] {
  if (lines.length === 0) throw new TreeFault(1, 'expected a list of files and folders, found none');
  const grow = (from: number, depth: number): TreeEntry[] => {
    const entries: TreeEntry[] = [];
    for (let index = from; index < lines.length; index++) {
      const line = lines[index];
      if (line === undefined || line.depth < depth) break;
      if (line.depth === depth) entries.push(entryOf(line.text, grow(index + 1, depth + 1)));
    }
    return entries;
  };
  return grow(0, 0);
}

function entryOf(text: string, children: TreeEntry[]): TreeEntry {
  const [, word = text, remark = ''] = /^(`[^`]+`|\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const name = word.replaceAll('`', '');
  const entry = {
    name: name.replace(/(?<=.)\/$/, ''),
    folder: name.endsWith('/') || children.length > 0,
    children,
  };
  return remark === '' ? entry : { ...entry, remark };
}
