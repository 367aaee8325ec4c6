/**
 * The screen of one terminal, kept on the server: fed with the output, it can say at any time what a viewer must be
 * sent to see the same. Knows nothing about viewers, ptys or files.
 */
import type { Size } from '../../protocol/messages.ts';
import { CommandLog } from './command-log.ts';
import { GROUND, LAST_CONTROL_STATE, openEmulator, SCROLLBACK } from './emulator.ts';
import type { Emulator } from './emulator.ts';
import type { TerminalLog } from './log.ts';
import { isPlain, outOfSight } from './out-of-sight.ts';
import { ShellMarks } from './shell-marks.ts';
import type { ShellMark } from './shell-marks.ts';
import { drawSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import type { Turns } from './turns.ts';
import { Unfinished } from './unfinished.ts';

/** Bytes parsed in one turn of the event loop: one or two milliseconds of work. */
const SLICE = 32 * 1024;

/** Plain output that follows other output waits this long to be parsed, so that most of a flood is out of sight by then.
 * Nobody looks at the screen meanwhile: whoever wants to know something of it asks by `after`. */
const DEFER_MS = 30;

/** Unparsed bytes that are not worth waiting with. */
const MAX_DEFERRED = 512 * 1024;

interface Output {
  readonly bytes: Uint8Array;
  readonly plain: boolean;
}

type Item = Output | (() => void);

/** What a screen reports. */
export interface ScreenListener {
  /** `unparsed` has changed. */
  backlog(): void;
  /** The emulator answers a query of the program. Whether to send it on is the listener's decision. */
  answer(data: string): void;
  /** The shell in the terminal says where it stands. */
  mark(mark: ShellMark): void;
}

/** Parses output in order and in slices. What is asked in `after` or `resize` takes effect at its place in that order. */
export class Screen {
  #emulator: Emulator;
  #shell: ShellMarks;
  #commands!: CommandLog;
  #unfinished = new Unfinished();
  #items: Item[] = [];
  #next = 0;
  #unparsed = 0;
  #closed = false;
  /** Within output that is parsed only in part, as while a mark in it is told. */
  #parsing = false;
  #parsedAt = -Infinity;
  #deferred: NodeJS.Timeout | undefined;
  readonly #deps: { turns: Turns; log: TerminalLog; listener: ScreenListener };
  readonly #slice = (): boolean => this.#parseSlice();

  constructor(size: Size, deps: { turns: Turns; log: TerminalLog; listener: ScreenListener }) {
    this.#deps = deps;
    this.#emulator = this.#open(size);
    this.#shell = this.#listen();
  }

  /** Bytes written and not yet parsed. */
  get unparsed(): number {
    return this.#unparsed;
  }

  /** Whether a full-screen program shows its own screen. Of what is parsed. */
  get alternate(): boolean {
    return this.#emulator.terminal.buffer.active.type === 'alternate';
  }

  /** Where the shell stands. Of what is parsed, and until something more is. */
  get shell(): ShellMarks {
    return this.#shell;
  }

  /** The cursor's column, from 0. Of what is parsed. */
  get column(): number {
    return this.#emulator.terminal.buffer.active.cursorX;
  }

  /** Adds output. The bytes are read later, so the caller must not change them. */
  write(data: Uint8Array): void {
    if (this.#closed || data.length === 0) return;
    this.#unparsed += data.length;
    const plain = isPlain(data);
    this.#items.push({ bytes: data, plain });
    const isUrgent = !plain || this.#unparsed > MAX_DEFERRED || performance.now() - this.#parsedAt > DEFER_MS;
    if (isUrgent) this.#request();
    else this.#deferred ??= setTimeout(() => this.#request(), DEFER_MS);
    this.#deps.listener.backlog();
  }

  /** Changes the size, after all that was written before. */
  resize(size: Size): void {
    this.after(() => this.#emulator.terminal.resize(size.cols, size.rows));
  }

  /** Calls back when all that was written before has been parsed and nothing that is written after: at once where
   * nothing waits. Not called after `close`. */
  after(callback: () => void): void {
    if (this.#closed) return;
    if (this.#next === this.#items.length && !this.#parsing) return callback();
    this.#items.push(callback);
    this.#request();
  }

  /** The state of what is parsed; to be taken in a callback of `after`. */
  snapshot(): Snapshot {
    const { cols, rows } = this.#emulator.terminal;
    const { state: shell } = this.#shell;
    return {
      cols,
      rows,
      data: drawSnapshot(this.#emulator, this.#commands.notes()),
      tail: this.#unfinished.tail,
      shell,
    };
  }

  /** Empties all but the cursor's line, unless a full-screen program has the screen; to be called as `snapshot` is. Returns
   * whether it did. */
  clear(): boolean {
    if (this.alternate) return false;
    const { state } = this.#shell;
    this.#emulator.terminal.clear();
    if (state) this.#shell.restore({ ...state, column: state.rowsUp === 0 ? state.column : 0, rowsUp: 0 });
    return true;
  }

  /** Becomes what the snapshot shows. To be called before anything else is written. */
  restore(snapshot: Snapshot): void {
    this.resize(snapshot);
    this.write(new TextEncoder().encode(snapshot.data));
    const { shell } = snapshot;
    if (shell) this.after(() => this.#shell.restore(shell));
    this.write(snapshot.tail);
  }

  /** Ends it; what is not parsed is dropped. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#deferred);
    this.#deps.turns.cancel(this.#slice);
    this.#items = [];
    this.#emulator.terminal.dispose();
  }

  #open(size: Size): Emulator {
    const emulator = openEmulator(size);
    emulator.terminal.onData((data) => {
      if (data !== '') this.#deps.listener.answer(data);
    });
    return emulator;
  }

  #listen(): ShellMarks {
    const { terminal } = this.#emulator;
    const marks = new ShellMarks(terminal, (mark) => this.#deps.listener.mark(mark));
    this.#commands = new CommandLog(terminal);
    return marks;
  }

  #request(): void {
    clearTimeout(this.#deferred);
    this.#deferred = undefined;
    this.#deps.turns.request(this.#slice);
  }

  /** Leaves out what would scroll away. With margins or within a sequence it is not known what does. */
  #skip(): void {
    const end = this.#items.findIndex(
      (item, index) => index >= this.#next && !('plain' in item && item.plain),
    );
    const run = this.#items.slice(this.#next, end === -1 ? undefined : end) as Output[];
    const { terminal, core } = this.#emulator;
    const { buffer } = core._bufferService;
    const isScrolling = buffer.scrollTop === 0 && buffer.scrollBottom === terminal.rows - 1;
    if (!isScrolling || this.#unfinished.tail.length > 0) return;
    const skipped = outOfSight(
      run.map(({ bytes }) => bytes),
      SCROLLBACK + 2 * terminal.rows,
    );
    for (const { bytes } of run.slice(0, skipped.chunks)) this.#unparsed -= bytes.length;
    this.#next += skipped.chunks;
    const first = run[skipped.chunks];
    if (skipped.bytes === 0 || !first) return;
    this.#unparsed -= skipped.bytes;
    this.#items[this.#next] = { bytes: first.bytes.subarray(skipped.bytes), plain: true };
  }

  #parseSlice(): boolean {
    let parsed = 0;
    let maySkip = true;
    while (this.#next < this.#items.length && parsed < SLICE) {
      if (maySkip) this.#skip();
      const item = this.#items[this.#next++] as Item;
      maySkip = typeof item === 'function' || !item.plain;
      if (typeof item === 'function') item();
      else {
        this.#parsing = true;
        this.#parse(item.bytes);
        this.#parsing = false;
        parsed += item.bytes.length;
      }
      if (this.#closed) return false;
    }
    const isDone = this.#next >= this.#items.length;
    if (isDone || this.#next > 256) {
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
    this.#unparsed -= parsed;
    this.#parsedAt = performance.now();
    if (parsed > 0) this.#deps.listener.backlog();
    return !isDone && !this.#closed;
  }

  /** Feeds the emulator. After "user input" it parses at once, so no second queue stands behind this one. */
  #parse(data: Uint8Array): void {
    const { terminal, core } = this.#emulator;
    try {
      terminal.input('', true);
      terminal.write(data);
      const state = core._inputHandler._parser.currentState;
      const position = state === GROUND ? 'ground' : state <= LAST_CONTROL_STATE ? 'control' : 'string';
      this.#unfinished.parsed(data, position);
    } catch (error) {
      // A fault of the emulator must cost this terminal its picture, never the server its life.
      this.#deps.log.warn({ err: error }, 'the screen could not be parsed and starts blank');
      terminal.dispose();
      this.#unfinished = new Unfinished();
      this.#emulator = this.#open({ cols: terminal.cols, rows: terminal.rows });
      this.#shell = this.#listen();
    }
  }
}
