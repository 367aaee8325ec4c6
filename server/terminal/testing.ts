/** Helpers for the tests of this folder: in-memory ends of a terminal, and the comparison of two emulators. */
import assert from 'node:assert/strict';
import type { Pty } from '../sandbox/engine.ts';
import type { ServerMessage, Size } from '../../protocol/messages.ts';
import { openEmulator } from './emulator.ts';
import type { Attributes, Cell, Emulator, InnerBuffer } from './emulator.ts';
import type { TerminalLog } from './log.ts';
import { Screen } from './screen.ts';
import type { Snapshot } from './snapshot.ts';
import { Turns } from './turns.ts';

/** A logger that keeps its warnings. */
export function quietLog(): TerminalLog & { warnings: string[] } {
  const warnings: string[] = [];
  return { warnings, debug: () => undefined, warn: (_details, message) => void warnings.push(message) };
}

/** Text or bytes as bytes. */
export function bytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

/** The snapshot of a fresh screen of this size that was given `data`, in chunks or as one. */
export function snapshotOf(data: Uint8Array | readonly Uint8Array[], size: Size): Promise<Snapshot> {
  const listener = { backlog: () => undefined, answer: () => undefined, mark: () => undefined };
  const screen = new Screen(size, { turns: new Turns(), log: quietLog(), listener });
  for (const chunk of data instanceof Uint8Array ? [data] : data) screen.write(chunk);
  return new Promise((resolve) =>
    screen.after(() => {
      resolve(screen.snapshot());
      screen.close();
    }),
  );
}

/** Feeds an emulator; resolves when all is parsed. */
export function feed({ terminal }: Emulator, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => terminal.write(data, resolve));
}

/** Waits until `condition` holds; fails after five seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Everything that a person or a program could tell apart, line by line. */
export function describe({ terminal, core }: Emulator): string[] {
  const { normal, alt } = core._bufferService.buffers;
  const isAlternate = terminal.buffer.active.type === 'alternate';
  const active = isAlternate ? alt : normal;
  const { synchronizedOutputMode: _temporary, ...modes } = terminal.modes;
  const attributes = core._inputHandler._curAttrData;
  // Marks without a letter take it beyond the last column, where it waits to wrap as it does there.
  const x = Math.min(active.x, terminal.cols);
  const out = [
    `buffer ${terminal.buffer.active.type} cursor ${x},${active.y} margins ${active.scrollTop}-${active.scrollBottom}`,
    `modes ${JSON.stringify(modes)} hidden ${core.coreService.isCursorHidden}`,
    `mouse ${core.coreMouseService.activeEncoding} title ${core._inputHandler._windowTitle}`,
    `cursor ${core.coreService.decPrivateModes.cursorStyle} ${core.coreService.decPrivateModes.cursorBlink}`,
    `style ${describeStyle({ terminal, core }, attributes)} charset ${core._charsetService.glevel} ${JSON.stringify(core._charsetService.charset)}`,
    `saved ${saved(normal, terminal)} ${isAlternate ? saved(alt, terminal) : ''}`,
    `tabs ${Object.keys(active.tabs)
      .filter((x) => Number(x) < terminal.cols)
      .join()}`,
    `parser ${core._inputHandler._parser.currentState}`,
  ];
  for (const buffer of isAlternate
    ? [terminal.buffer.normal, terminal.buffer.alternate]
    : [terminal.buffer.normal]) {
    for (let y = 0; y < buffer.length; y++) out.push(describeLine({ terminal, core }, buffer, y));
  }
  return out;
}

/** What DECRC would bring back: always a place on the screen. */
function saved(buffer: InnerBuffer, { cols, rows }: Size): string {
  const { savedX, savedY, ybase, savedCurAttrData: attributes, savedCharset } = buffer;
  return `${Math.min(savedX, cols - 1)},${Math.min(Math.max(0, savedY - ybase), rows - 1)} ${colourBits(attributes.fg)} ${colourBits(attributes.bg & 0xfffffff)} ${JSON.stringify(savedCharset)}`;
}

function describeLine(
  { terminal, core }: Emulator,
  buffer: Emulator['terminal']['buffer']['active'],
  y: number,
): string {
  const line = buffer.getLine(y);
  // The line before the first is gone, so whether the first continues it cannot be known.
  let out = y === 0 ? '' : line?.isWrapped ? '+' : '-';
  let previous: string | undefined;
  for (let x = 0; x < terminal.cols; x++) {
    const cell = line?.getCell(x) as Cell;
    const next = x + 1 < terminal.cols ? (line?.getCell(x + 1) as Cell | undefined) : undefined;
    const isWhole = cell.getWidth() === 2 && next?.getWidth() === 0 && next.getChars() === '';
    const look = describeStyle({ terminal, core }, cell);
    if (look !== previous) out += look;
    previous = look;
    // Half a wide character shows nothing.
    const chars = cell.getWidth() === 2 && !isWhole ? ' ' : cell.getChars();
    out += isEmpty(cell, chars, x === terminal.cols - 1) ? '·' : chars || ' ';
    if (isWhole) x++;
  }
  return out;
}

/** Nothing was written there, or it was erased. In the last column a blank looks the same and does the same: where the
 * next character wraps behind an erased cell, a snapshot has to write one. */
function isEmpty(cell: Cell, chars: string, isLast: boolean): boolean {
  return (chars === '' || (isLast && chars === ' ')) && cell.fg === 0 && cell.bg >>> 26 === 0;
}

/** Colours and flags as seen: a link whose target the emulator has forgotten counts as none. */
function describeStyle({ core }: Emulator, { fg: foreground, bg, extended }: Attributes): string {
  const fg = colourBits(foreground);
  const plain = colourBits(bg & ~0x30000000);
  if ((bg & 0x10000000) === 0) return `<${fg},${plain}>`;
  const uri = extended.urlId ? core._oscLinkService.getLinkData(extended.urlId)?.uri : undefined;
  // A link shows as dashed, whatever its underline is.
  const kind = extended.urlId ? 1 : Math.max(1, (extended.ext >> 26) & 7);
  const tint = colourBits(extended.ext & 0x3ffffff);
  const underline = kind > 1 || tint ? ` underline ${kind} ${tint}` : '';
  return `<${fg},${plain}${uri ? ` ${uri}` : ''}${underline}>`;
}

/** Without the bits that the emulator leaves behind when a palette colour follows a full one. */
function colourBits(packed: number): number {
  return (packed & 0x3000000) === 0x3000000 ? packed : packed & ~0xffff00;
}

/** A pty in memory. `emit` is the program's output, `written` what it got as input. */
export class MemoryPty implements Pty {
  written = '';
  sizes: Size[] = [];
  paused = false;
  detached = false;
  #data: ((data: Uint8Array) => void)[] = [];
  #exit: ((exit: { code: number | null; lost: boolean }) => void)[] = [];

  write(data: Uint8Array): void {
    this.written += new TextDecoder().decode(data);
  }
  resize(size: Size): Promise<void> {
    this.sizes.push(size);
    return Promise.resolve();
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  detach(): void {
    this.detached = true;
  }
  onData(listener: (data: Uint8Array) => void): () => void {
    this.#data.push(listener);
    return () => void (this.#data = this.#data.filter((one) => one !== listener));
  }
  onExit(listener: (exit: { code: number | null; lost: boolean }) => void): () => void {
    this.#exit.push(listener);
    return () => void (this.#exit = this.#exit.filter((one) => one !== listener));
  }
  /** Subscribers that have not ended their subscription. */
  get subscribers(): number {
    return this.#data.length + this.#exit.length;
  }
  emit(data: string | Uint8Array): void {
    for (const listener of this.#data) listener(bytes(data));
  }
  exit(exit: { code: number | null; lost: boolean }): void {
    for (const listener of this.#exit) listener(exit);
  }
}

/** A viewer's connection in memory: all it was sent, in order. */
export class MemoryChannel {
  received: (ServerMessage | Uint8Array)[] = [];
  closed: { code: number; reason: string } | undefined;
  /** Binary bytes since the last snapshot. */
  bytes = 0;
  /** Binary bytes altogether. */
  total = 0;

  sendBytes(data: Uint8Array): void {
    assert.equal(this.closed, undefined, 'sent after close');
    this.received.push(data.slice());
    this.bytes += data.length;
    this.total += data.length;
  }
  sendMessage(message: ServerMessage): void {
    assert.equal(this.closed, undefined, 'sent after close');
    this.received.push(message);
    if (message.type === 'snapshot') this.bytes = 0;
  }
  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }
  /** The messages, without the bytes. */
  get messages(): ServerMessage[] {
    return this.received.filter((item): item is ServerMessage => !(item instanceof Uint8Array));
  }
  /** The last bytes as text. */
  get end(): string {
    const last = this.received.slice(-5).filter((item) => item instanceof Uint8Array);
    return Buffer.concat(last).toString();
  }
  /** Snapshot and bytes as one text, in order: what a browser would draw. */
  get text(): string {
    const decoder = new TextDecoder();
    return this.received
      .map((item) =>
        item instanceof Uint8Array
          ? decoder.decode(item, { stream: true })
          : item.type === 'snapshot'
            ? item.data
            : '',
      )
      .join('');
  }
}

/** What a browser shows that drew all that the channel was sent. */
export async function drawn({ received }: MemoryChannel): Promise<string[]> {
  let emulator = openEmulator({ cols: 80, rows: 24 });
  for (const item of received) {
    if (item instanceof Uint8Array) await feed(emulator, item);
    else if (item.type === 'snapshot') {
      emulator.terminal.dispose();
      emulator = openEmulator(item);
      await feed(emulator, item.data);
    } else if (item.type === 'resize') emulator.terminal.resize(item.cols, item.rows);
  }
  const all = describe(emulator);
  emulator.terminal.dispose();
  return all;
}
