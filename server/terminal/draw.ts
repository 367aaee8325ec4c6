/**
 * Draws one buffer of an emulator as bytes that rebuild it, cell by cell, on an empty terminal of the same size.
 * Knows nothing about modes and cursor; see snapshot.ts.
 *
 * `@xterm/addon-serialize` does the same with less: it loses underline styles, links and backgrounds beside wrapped
 * lines, and a viewer who joined would see another screen than the one who was there all along.
 */
import type { IBuffer } from '@xterm/headless';
import type { Attributes, Cell, Emulator } from './emulator.ts';
import { backgroundOf, PLAIN, sameStyle, styleSequence } from './style.ts';

/** The pen: what has been written so far and which style and link the reader's terminal has after it. */
export class Pen {
  out = '';
  /** What nobody sees and stands at the beginning of a line, by the line's number. */
  notes: ReadonlyMap<number, string> = new Map();
  #style: Attributes = PLAIN;
  #link = 0;
  readonly #links: Emulator['core']['_oscLinkService'];

  constructor(links: Emulator['core']['_oscLinkService']) {
    this.#links = links;
  }

  /** Sets style and link for what is written next. */
  use(attributes: Attributes): void {
    if (!sameStyle(this.#style, attributes)) {
      this.out += styleSequence(attributes);
      this.#style = { fg: attributes.fg, bg: attributes.bg, extended: { ...flat(attributes) } };
    }
    const link = flat(attributes).urlId;
    if (link === this.#link) return;
    const data = link ? this.#links.getLinkData(link) : undefined;
    // Without a name of its own a link gets one, so that its parts stay one link, which lasts as long as any of them.
    this.out += data ? `\x1b]8;id=${data.id ?? `drydock-${link}`};${data.uri}\x1b\\` : '\x1b]8;;\x1b\\';
    this.#link = link;
  }
}

/** The extended attributes as plain numbers: the emulator hands out one object again and again. */
function flat({ bg, extended }: Attributes): { ext: number; urlId: number } {
  return bg & 0x10000000 ? { ext: extended.ext, urlId: extended.urlId } : PLAIN.extended;
}

/** A background alone, as erasing leaves it. */
function ground(bg: number): Attributes {
  return { fg: 0, bg, extended: PLAIN.extended };
}

/** Draws all lines of `buffer`, scrollback first, from the top left corner on; leaves the cursor anywhere on the last. */
export function drawBuffer(buffer: IBuffer, cols: number, pen: Pen): void {
  const cell = buffer.getNullCell() as Cell;
  let pending = false;
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    if (!line) continue;
    if (y > 0 && !line.isWrapped) {
      // A line that scrolls in takes the pen's background.
      pen.use(PLAIN);
      pen.out += '\r\n';
    } else if (y > 0) {
      wrap({ previous: buffer.getLine(y - 1)?.getCell(cols - 1) as Cell | undefined, cols, pending, pen });
    }
    pen.out += pen.notes.get(y) ?? '';
    pending = drawLine((x) => line.getCell(x, cell) as Cell, cols, pen);
  }
}

/** Draws one line from column 0. Returns whether the last column was written, so that the next character would wrap. */
function drawLine(cellAt: (x: number) => Cell, cols: number, pen: Pen): boolean {
  let skipped = 0;
  for (let x = 0; x < cols; x++) {
    const isWide = cellAt(x).getWidth() === 2;
    const isWhole = isWide && x + 1 < cols && isSecondHalf(cellAt(x + 1));
    const cell = cellAt(x);
    // Inserting and deleting can cut wide characters in half; nothing is seen of a half.
    const chars = isWide && !isWhole ? ' ' : cell.getChars();
    const width = chars === '' ? 1 : cell.getWidth();
    if (chars === '' && cell.fg === 0 && (cell.bg & ~0x3ffffff) === 0) {
      if (cell.bg !== 0) {
        if (skipped > 0) pen.out += `\x1b[${skipped}C`;
        skipped = 0;
        x += erase(cellAt, { x, cols, bg: cell.bg }, pen) - 1;
        if (x === cols - 1) return false;
      } else skipped++;
      continue;
    }
    if (skipped > 0) pen.out += `\x1b[${skipped}C`;
    skipped = 0;
    pen.use(cell);
    // A mark without a letter stands alone: without a sequence before it, it would join the letter before it.
    if (width === 0) pen.out += styleSequence(cell);
    pen.out += chars === '' ? ' ' : chars;
    if (isWhole) x++;
  }
  return skipped === 0;
}

function isSecondHalf(cell: Cell): boolean {
  return cell.getWidth() === 0 && cell.getChars() === '';
}

/** Erases a run of empty cells with one background and steps over it; returns its length. */
function erase(cellAt: (x: number) => Cell, at: { x: number; cols: number; bg: number }, pen: Pen): number {
  let end = at.x + 1;
  while (end < at.cols) {
    const next = cellAt(end);
    if (next.getChars() !== '' || next.fg !== 0 || next.bg !== at.bg) break;
    end++;
  }
  pen.use(ground(at.bg));
  pen.out += `\x1b[${end - at.x}X`;
  if (end < at.cols) pen.out += `\x1b[${end - at.x}C`;
  return end - at.x;
}

/** Goes to the next line as an overflowing character does, which marks that line as the continuation of this one. */
function wrap(from: { previous: Cell | undefined; cols: number; pending: boolean; pen: Pen }): void {
  const { previous, cols, pending, pen } = from;
  if (pending) {
    pen.use(PLAIN);
    pen.out += ' \r\x1b[X';
    return;
  }
  // For a wide character there is no room in the last column: it leaves that empty, in its own background, and wraps.
  pen.use(ground(previous ? backgroundOf(previous) : 0));
  pen.out += `\x1b[${cols}G漢`;
  pen.use(PLAIN);
  pen.out += `\r\x1b[${cols}X`;
}
