/**
 * Keeps how the commands on a screen ended and how long they took, so that a viewer who joins sees it as well. Reads the
 * shell's marks (OSC 133) as the page does, and two of its own that a snapshot has: `S;<ms>` in the line of the prompt,
 * with the time at which its command began, if it has; `R;<code>;<ms>;<time>` in the line of a command that ended.
 */
import type { IMarker, Terminal } from '@xterm/headless';

/** Commands kept, as many as a page shows. */
const MOST = 200;

interface Ended {
  readonly line: IMarker;
  readonly note: string;
}

/** One emulator's commands. */
export class CommandLog {
  readonly #terminal: Terminal;
  #ended: Ended[] = [];
  #line: IMarker | undefined;
  #began: number | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.parser.registerOscHandler(133, (data) => {
      this.#read(data.slice(0, 64).split(';'));
      // Others want it too.
      return false;
    });
  }

  /** What a snapshot must have at the beginning of each line, by the line's number in the normal buffer. */
  notes(): ReadonlyMap<number, string> {
    const notes = new Map<number, string>();
    const add = (line: IMarker | undefined, note: string): void => {
      if (line && line.line >= 0) notes.set(line.line, `\x1b]133;${note}\x07`);
    };
    for (const { line, note } of this.#ended) add(line, note);
    add(this.#line, `S;${this.#began ?? ''}`);
    return notes;
  }

  #read([kind, first = '', ms = '', at = '']: string[]): void {
    if (kind === 'B' && this.#began === undefined) this.#stand();
    else if (kind === 'C') {
      if (!this.#line || this.#line.isDisposed) this.#stand();
      this.#began = Date.now();
    } else if (kind === 'D') this.#end(/^\d{1,3}$/.test(first) ? first : '');
    else if (kind === 'S') {
      this.#stand();
      this.#began = number(first);
    } else if (kind === 'R' && number(ms) !== undefined && number(at) !== undefined) {
      this.#keep(this.#marker(), `R;${/^\d{1,3}$/.test(first) ? first : ''};${ms};${at}`);
    }
  }

  #end(code: string): void {
    const [line, began] = [this.#line, this.#began];
    this.#began = undefined;
    if (!line || began === undefined) return;
    this.#line = undefined;
    const now = Date.now();
    this.#keep(line, `R;${code};${Math.max(0, now - began)};${now}`);
  }

  #keep(line: IMarker | undefined, note: string): void {
    if (!line) return;
    this.#ended = this.#ended.filter((one) => !one.line.isDisposed);
    this.#ended.push({ line, note });
    if (this.#ended.length > MOST) this.#ended.shift()?.line.dispose();
  }

  #stand(): void {
    this.#line?.dispose();
    this.#line = this.#marker();
  }

  /** At the cursor's line; a full-screen program has none that last. */
  #marker(): IMarker | undefined {
    return this.#terminal.buffer.active.type === 'normal' ? this.#terminal.registerMarker(0) : undefined;
  }
}

function number(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
