/** A terminal screen as a person sees it, for somebody who types and reads. Knows no shell and no lesson. */
import type { IMarker } from '@xterm/headless';
import { openEmulator, type Emulator } from '../../../server/terminal/emulator.ts';
import type { Pty } from '../../../server/sandbox/engine.ts';
import type { Size } from '../../../protocol/messages.ts';

/** A place on the screen that moves with the text; for `Screen.since`. */
export interface Mark {
  readonly marker: IMarker | undefined;
  /** Prompts that had been announced by then. */
  readonly prompts: number;
}

/** Follows one Pty from when it was made. */
export class Screen {
  readonly #pty: Pty;
  readonly #emulator: Emulator;
  readonly #offs: (() => void)[] = [];
  #wake: () => void = () => undefined;
  #changedAt = performance.now();
  #prompts = 0;
  #promptBegun = false;
  #promptAt = '';
  #code: number | undefined;
  #ended = false;

  constructor(pty: Pty, size: Size) {
    this.#pty = pty;
    this.#emulator = openEmulator(size);
    const { terminal } = this.#emulator;
    // Programs ask the terminal where the cursor is; it answers as a browser's would.
    terminal.onData((answer) => this.type(answer));
    terminal.parser.registerOscHandler(133, (data) => this.#announce(data));
    this.#offs.push(
      pty.onData((data) => {
        terminal.write(data, () => {
          this.#changedAt = performance.now();
          this.#wake();
        });
      }),
      pty.onExit(() => {
        this.#ended = true;
        this.#wake();
      }),
    );
  }

  /** Whether the program or the connection has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Milliseconds since something was last printed. */
  get quietMs(): number {
    return performance.now() - this.#changedAt;
  }

  /** Exit code of the last command, where the shell announces it. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Whether a full-screen program has the terminal. */
  get fullScreen(): boolean {
    return this.#emulator.terminal.buffer.active.type === 'alternate';
  }

  /** The text of the cursor's line up to the cursor; a line that wraps counts as one. */
  get cursorLine(): string {
    const { active } = this.#emulator.terminal.buffer;
    const row = active.baseY + active.cursorY;
    const before = this.#rows(this.#firstRow(row), row);
    return before + (active.getLine(row)?.translateToString(false, 0, active.cursorX) ?? '');
  }

  type(text: string): void {
    this.#pty.write(Buffer.from(text));
  }

  /** The cursor's line of this moment. */
  mark(): Mark {
    return { marker: this.#emulator.terminal.registerMarker(0), prompts: this.#prompts };
  }

  /** Whether the cursor has left the marked line. */
  hasLeft({ marker, prompts }: Mark): boolean {
    if (this.#prompts > prompts) return true;
    const { active } = this.#emulator.terminal.buffer;
    if (marker === undefined || marker.line === -1) return true;
    return this.#firstRow(active.baseY + active.cursorY) !== this.#firstRow(marker.line);
  }

  /** Whether the shell has announced a prompt since the mark and the cursor stands right behind it. */
  atPrompt({ prompts }: Mark): boolean {
    return this.#prompts > prompts && this.#promptAt === this.#cursor();
  }

  /** The lines between the marked one and the cursor's, each without blanks at its end. */
  since({ marker }: Mark): string[] {
    const { active } = this.#emulator.terminal.buffer;
    const end = this.#firstRow(active.baseY + active.cursorY);
    const lines: string[] = [];
    for (let row = this.#nextRow(marker?.line ?? -1); row < end; row = this.#nextRow(row)) {
      lines.push(this.#rows(row, this.#nextRow(row)).trimEnd());
    }
    return lines;
  }

  /** The last lines that hold something, at most so many. */
  tail(most: number): string[] {
    const { active } = this.#emulator.terminal.buffer;
    const lines: string[] = [];
    for (let row = 0; row < active.length; row++) {
      lines.push((active.getLine(row)?.translateToString(true) ?? '').trimEnd());
    }
    while (lines.at(-1) === '') lines.pop();
    return lines.slice(-most);
  }

  /** Resolves when something was printed or ended, at the latest after so many milliseconds. */
  async changed(mostMs: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, mostMs);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    signal.throwIfAborted();
  }

  /** Lets go of the Pty. */
  close(): void {
    for (const off of this.#offs) off();
    this.#pty.detach();
    this.#emulator.terminal.dispose();
  }

  /** OSC 133, as shells with integration print it: A before a prompt, B behind it, C before a command, D with its exit
   * code. A shell that draws its prompt once more, as after a change of size, prints B again, without A. */
  #announce(data: string): boolean {
    const [kind, code] = data.split(';');
    if (kind === 'A') this.#promptBegun = true;
    if (kind === 'B') {
      if (this.#promptBegun) this.#prompts++;
      this.#promptBegun = false;
      this.#promptAt = this.#cursor();
    }
    if (kind === 'D' && code !== undefined && /^\d+$/.test(code)) this.#code = Number(code);
    if (kind === 'C') this.#code = undefined;
    return true;
  }

  #cursor(): string {
    const { active } = this.#emulator.terminal.buffer;
    return `${active.type} ${active.baseY + active.cursorY} ${active.cursorX}`;
  }

  #firstRow(row: number): number {
    const { active } = this.#emulator.terminal.buffer;
    let first = row;
    while (first > 0 && active.getLine(first)?.isWrapped) first--;
    return first;
  }

  #nextRow(row: number): number {
    const { active } = this.#emulator.terminal.buffer;
    let next = row + 1;
    while (active.getLine(next)?.isWrapped) next++;
    return next;
  }

  #rows(from: number, to: number): string {
    const { active } = this.#emulator.terminal.buffer;
    let text = '';
    for (let row = from; row < to; row++) text += active.getLine(row)?.translateToString(false) ?? '';
    return text;
  }
}
