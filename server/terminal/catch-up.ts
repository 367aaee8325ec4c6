/**
 * After an interrupt in a flood: how long to hurry through what the program had printed before, which the engine may
 * hold a megabyte of, instead of having viewers draw it. Knows neither pty nor viewers.
 */

/** Control characters that interrupt, quit and suspend what runs in a terminal. */
const INTERRUPTS = new Set([0x03, 0x1a, 0x1c]);

/** Output rests this long when what was under way is through, where no shell says that it is at its prompt. */
const QUIET_MS = 50;

/** A program that goes on printing is not waited for. */
const MOST_MS = 1000;

/** Whether keys that a learner typed interrupt a program. A paste has more bytes, and is not meant so. */
export function interrupts(data: Uint8Array): boolean {
  return data.length === 1 && INTERRUPTS.has(data[0] ?? 0);
}

/** One terminal's hurry, again and again. */
export class CatchUp {
  readonly #over: () => void;
  #quiet: NodeJS.Timeout | undefined;
  #most: NodeJS.Timeout | undefined;

  /** `over` is called at the end of each, but not by `close`. */
  constructor(over: () => void) {
    this.#over = over;
  }

  get active(): boolean {
    return this.#most !== undefined;
  }

  /** Begins, or begins anew. */
  begin(): void {
    this.close();
    this.#quiet = setTimeout(() => this.end(), QUIET_MS);
    this.#most = setTimeout(() => this.end(), MOST_MS);
  }

  /** There was output. */
  printed(): void {
    this.#quiet?.refresh();
  }

  /** It is through, such as that a shell is at its prompt. Does nothing where none is active. */
  end(): void {
    if (!this.active) return;
    this.close();
    this.#over();
  }

  /** Ends the waiting. */
  close(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#most);
    this.#quiet = undefined;
    this.#most = undefined;
  }
}
