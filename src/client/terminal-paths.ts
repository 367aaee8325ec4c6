/** Takes up file paths that a terminal shows: with Ctrl or Cmd and a click, what is typed next may name the file. */
import type { IBufferLine, ILink, Terminal } from '@xterm/xterm';
import { writeClipboard } from './clipboard.ts';

/** Rows of one wrapped line that are looked at, on either side. */
const MAX_ROWS = 20;

/** Absolute, from home or from here, or with a folder before the name. What stands before it is no part of an address. */
const PATH = /(?<![\w:/.~@%+-])(?:~|\.{1,2}|[\w@%+-][\w.@%+-]*)?(?:\/[\w.@%+-]+)+\/?/g;
/** Ends of sentences, and the place in a file that compilers print, are no part of a name. */
const AFTER = /[.,]+$/;

/** A path in a text, and where it begins. */
export interface FoundPath {
  readonly path: string;
  readonly index: number;
}

/** The paths of a text, in their order. */
export function pathsIn(text: string): FoundPath[] {
  return [...text.matchAll(PATH)].flatMap(({ 0: found, index }) => {
    const path = found.replace(AFTER, '');
    return path.length > 1 && /[\w]/.test(path) ? [{ path, index }] : [];
  });
}

/** Makes paths in the terminal work; `note` tells the learner what became of one. */
export function followPaths(terminal: Terminal, note: (words: string) => void): void {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const take = (event: MouseEvent, path: string): void => {
    if (event.ctrlKey || event.metaKey) void takeUp(terminal, path, note);
  };
  terminal.registerLinkProvider({
    provideLinks: (row, callback) => {
      const line = logicalLine(terminal, row - 1);
      callback(
        pathsIn(line.text).flatMap(({ path, index }): ILink[] => {
          const start = line.cells[index];
          const end = line.cells[index + path.length - 1];
          if (!start || !end) return [];
          return [
            {
              text: path,
              range: { start, end },
              activate: (event) => take(event, path),
              hover: () => {
                const keys = apple ? 'Cmd' : 'Ctrl';
                terminal.element?.setAttribute('title', `${keys}+click takes ${path} to the prompt`);
              },
              leave: () => terminal.element?.removeAttribute('title'),
            },
          ];
        }),
      );
    },
  });
}

/** To what takes it as text, such as a shell's prompt; a program that would take its letters for commands gets nothing. */
async function takeUp(terminal: Terminal, path: string, note: (words: string) => void): Promise<void> {
  if (terminal.modes.bracketedPasteMode) {
    terminal.paste(`${path} `);
    terminal.focus();
    return;
  }
  const copied = await writeClipboard(path);
  note(copied ? `Copied ${path}` : `The browser did not let ${path} be copied.`);
}

interface LogicalLine {
  readonly text: string;
  /** Where each character of the text stands, from 1. */
  readonly cells: readonly { readonly x: number; readonly y: number }[];
}

/** The line that the row is part of, however many rows it wraps over. */
function logicalLine(terminal: Terminal, row: number): LogicalLine {
  const { active } = terminal.buffer;
  let first = row;
  while (first > Math.max(0, row - MAX_ROWS) && active.getLine(first)?.isWrapped) first--;
  let text = '';
  const cells: { x: number; y: number }[] = [];
  for (let y = first; y <= row + MAX_ROWS; y++) {
    const line = active.getLine(y);
    if (!line || (y > first && !line.isWrapped)) break;
    for (const [x, characters] of charactersOf(line)) {
      for (let n = 0; n < characters.length; n++) cells.push({ x: x + 1, y: y + 1 });
      text += characters;
    }
  }
  return { text, cells };
}

function* charactersOf(line: IBufferLine): Generator<[number, string]> {
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    // The second half of a wide character has no width.
    if (cell && cell.getWidth() > 0) yield [x, cell.getChars() || ' '];
  }
}
