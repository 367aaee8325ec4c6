/**
 * Takes a snapshot of an emulator: bytes that bring an empty terminal of the same size into the same state, with
 * scrollback, cursor, modes, margins, character sets, tab stops and title. Contains nothing that a terminal answers.
 */
import { charsetLetter } from './emulator.ts';
import type { Attributes, Cell, Emulator, InnerBuffer } from './emulator.ts';
import { drawBuffer, Pen } from './draw.ts';
import type { ShellState } from './shell-marks.ts';
import { PLAIN, sameStyle, waitingTint } from './style.ts';

/** What to send to a viewer who joins: `data` on an empty terminal, then `tail`, the beginning of a sequence or of a
 * character whose rest is still to come. `shell` is for the server alone. */
export interface Snapshot {
  readonly cols: number;
  readonly rows: number;
  readonly data: string;
  readonly tail: Uint8Array;
  readonly shell?: ShellState | undefined;
}

/** The emulator's state as `Snapshot.data`, with these notes in the lines of the normal buffer. */
export function drawSnapshot({ terminal, core }: Emulator, notes: ReadonlyMap<number, string>): string {
  const { normal, alt } = core._bufferService.buffers;
  const pen = new Pen(core._oscLinkService);
  const isAlternate = terminal.buffer.active.type === 'alternate';
  pen.notes = notes;
  drawBuffer(terminal.buffer.normal, terminal.cols, pen);
  pen.notes = new Map();
  saveCursor(normal, pen, terminal);
  let active = normal;
  if (isAlternate) {
    pen.use(PLAIN);
    pen.out += `${margins(normal, terminal.rows)}${tabStops(normal, terminal.cols)}\x1b[?1047h\x1b[H`;
    drawBuffer(terminal.buffer.alternate, terminal.cols, pen);
    saveCursor(alt, pen, terminal);
    active = alt;
  }
  pen.out += margins(active, terminal.rows) + tabStops(active, terminal.cols) + modes({ terminal, core });
  placeCursor({ terminal, core }, active, pen);
  return pen.out;
}

function margins(buffer: InnerBuffer, rows: number): string {
  if (buffer.scrollTop === 0 && buffer.scrollBottom === rows - 1) return '';
  return `\x1b[${buffer.scrollTop + 1};${buffer.scrollBottom + 1}r`;
}

/** What a program saved with DECSC. Nothing where it never did. */
function saveCursor(buffer: InnerBuffer, pen: Pen, { cols, rows }: { cols: number; rows: number }): void {
  const { savedX, savedCharset, savedCurAttrData: saved } = buffer;
  // DECSC keeps neither links nor the kind of an underline.
  const style: Attributes = { fg: saved.fg, bg: saved.bg & ~0x10000000, extended: PLAIN.extended };
  const savedY = Math.min(Math.max(buffer.savedY - buffer.ybase, 0), rows - 1);
  if (savedX === 0 && buffer.savedY === 0 && !savedCharset && sameStyle(style, PLAIN)) return;
  pen.use(style);
  const charset = charsetLetter(savedCharset);
  pen.out += `\x1b[${savedY + 1};${Math.min(savedX, cols - 1) + 1}H\x1b(${charset}\x1b7\x1b(B`;
}

function tabStops(buffer: InnerBuffer, cols: number): string {
  const stops: number[] = [];
  for (let x = 0; x < cols; x++) if (buffer.tabs[x]) stops.push(x);
  if (stops.length === Math.ceil(cols / 8) && stops.every((x) => x % 8 === 0)) return '';
  return `\x1b[3g${stops.map((x) => `\x1b[${x + 1}G\x1bH`).join('')}`;
}

const MOUSE = { none: '', x10: '\x1b[?9h', vt200: '\x1b[?1000h', drag: '\x1b[?1002h', any: '\x1b[?1003h' };

/** Modes that may be set before the cursor is placed. Cursor visibility is always said: resetting a terminal keeps it. */
function modes({ terminal, core }: Emulator): string {
  const set = terminal.modes;
  const { cursorStyle, cursorBlink } = core.coreService.decPrivateModes;
  const encoding = core.coreMouseService.activeEncoding;
  const title = core._inputHandler._windowTitle.replaceAll(/\p{Cc}/gu, '');
  let out = core.coreService.isCursorHidden ? '\x1b[?25l' : '\x1b[?25h';
  if (title) out += `\x1b]2;${title}\x1b\\`;
  if (set.applicationCursorKeysMode) out += '\x1b[?1h';
  if (set.applicationKeypadMode) out += '\x1b=';
  if (set.bracketedPasteMode) out += '\x1b[?2004h';
  if (set.reverseWraparoundMode) out += '\x1b[?45h';
  if (set.sendFocusMode) out += '\x1b[?1004h';
  if (!set.wraparoundMode) out += '\x1b[?7l';
  if (set.originMode) out += '\x1b[?6h';
  out += MOUSE[set.mouseTrackingMode];
  if (encoding === 'SGR') out += '\x1b[?1006h';
  if (encoding === 'SGR_PIXELS') out += '\x1b[?1016h';
  if (terminal.options.convertEol) out += '\x1b[20h';
  if (terminal.options.cursorBlink) out += '\x1b[?12h';
  // Numbers that name no shape set the blinking alone.
  const shape = cursorStyle ? { block: 1, underline: 3, bar: 5 }[cursorStyle] : 7;
  if (cursorStyle || cursorBlink !== undefined) out += `\x1b[${shape + (cursorBlink ? 0 : 1)} q`;
  return out;
}

function charsets({ core }: Emulator): string {
  const { _charsets: sets, charset, glevel } = core._charsetService;
  let out = '';
  for (const [index, prefix] of ['(', ')', '*', '+'].entries()) {
    // DECRC can set what is in use without designating it; what is in use matters more.
    const name = charsetLetter(index === glevel ? charset : sets[index]);
    if (name !== 'B') out += `\x1b${prefix}${name}`;
  }
  return out + (['', '\x0e', '\x1bn', '\x1bo'][glevel] ?? '');
}

/**
 * Puts the cursor, the current style and what depends on the character before the cursor. That character is written
 * again where the next one would wrap, or where a combining mark would join it; then nothing may follow it.
 */
function placeCursor(emulator: Emulator, buffer: InnerBuffer, pen: Pen): void {
  const { terminal, core } = emulator;
  const current = core._inputHandler._curAttrData;
  const before = lastCell(emulator, buffer);
  const wraps = buffer.x >= terminal.cols;
  const inserts = terminal.modes.insertMode;
  const printed = core._inputHandler._parser.precedingJoinState !== 0 && before !== undefined;
  // A change of size can leave the cursor inside a wide character, where nothing that is printed leads.
  const isBehind = before !== undefined && before.x + Math.max(before.cell.getWidth(), 1) === buffer.x;
  const joins = printed && isBehind && sameStyle(before.cell, current);
  if (joins) pen.out += charsets(emulator) + (inserts ? '\x1b[4h' : '');
  const row = buffer.y - (terminal.modes.originMode ? buffer.scrollTop : 0);
  const column = before && (wraps || joins) ? before.x : buffer.x;
  pen.out += `\x1b[${Math.max(row, 0) + 1};${column + 1}H`;
  if (before && (wraps || joins)) {
    pen.use(before.cell);
    if (joins) pen.out += waitingTint(current);
    // Where characters are inserted, the one that stands there makes room first.
    if (joins && inserts) pen.out += `\x1b[${before.cell.getWidth()}P`;
    pen.out += before.cell.getChars() || ' ';
  }
  if (joins) return;
  pen.use(current);
  pen.out += waitingTint(current) + charsets(emulator);
  if (inserts) pen.out += '\x1b[4h';
}

/** The character left of the cursor and its column; undefined at the left edge. */
function lastCell({ terminal }: Emulator, buffer: InnerBuffer): { cell: Cell; x: number } | undefined {
  const line = terminal.buffer.active.getLine(buffer.ybase + buffer.y);
  for (const x of [buffer.x - 1, buffer.x - 2]) {
    const cell = line?.getCell(x) as Cell | undefined;
    if (cell && (cell.getWidth() > 0 || cell.getChars() !== '')) return { cell, x };
  }
  return undefined;
}
