/**
 * Types lines as a person would: a line and Enter, then waits until the shell, or the program that has taken over, wants
 * the next one. Knows only a place to type at, which may be a terminal of the server or any pty.
 */
import type { ShellMark, ShellPlace } from './shell-marks.ts';

/** Output has been quiet this long and the cursor stands behind something, such as `>>> `: a program waits for input. */
const QUIET_MS = 1500;

/** A line may take this long. */
const LINE_MS = 120_000;

/** Where to type. */
export interface TypingPlace {
  /** What a person's keys would send. */
  send(text: string): void;
  /** Where the shell stands, of all output that is parsed. */
  shell(): ShellPlace;
  /** The cursor's column, from 0, of all output that is parsed. */
  column(): number;
}

/** How typing ended: with the last line; because somebody stopped it; or because a line took too long. */
export type TypingEnd = 'done' | 'stopped' | 'late';

/** The text as lines to be typed: without control characters, and without empty lines around it. */
export function typedLines(text: string): string[] {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
      .replace(/^\n+/, '')
      .trimEnd()
      .split('\n')
  );
}

/** Types some lines once, the first when it is made. Has no timer once it has ended. */
export class LineTypist {
  readonly #place: TypingPlace;
  readonly #lines: string[];
  readonly #lineMs: number;
  readonly #ended = Promise.withResolvers<TypingEnd>();
  #isBusy = true;
  #quiet: NodeJS.Timeout | undefined;
  #late: NodeJS.Timeout | undefined;

  /** `lineMs`: how long one line may take before the typing ends with `late`. */
  constructor(lines: readonly string[], place: TypingPlace, { lineMs = LINE_MS }: { lineMs?: number } = {}) {
    this.#lines = [...lines];
    this.#place = place;
    this.#lineMs = lineMs;
    this.#typeNext();
  }

  /** Whether there are lines still to be typed. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Resolves when it types no more. `done` says that the last line was typed, not that what it started has ended. */
  get ended(): Promise<TypingEnd> {
    return this.#ended.promise;
  }

  /** To be told every mark of the shell. */
  marked({ kind }: ShellMark): void {
    if (this.#isBusy && (kind === 'prompt' || kind === 'more')) this.#typeNext();
  }

  /** To be told that there was output. */
  printed(): void {
    if (this.#isBusy) this.#listen();
  }

  /** Types no more. */
  stop(): void {
    this.#end('stopped');
  }

  #typeNext(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#late);
    // A person would not press Enter at the shell's prompt for nothing; elsewhere an empty line has a meaning.
    while (this.#lines[0] === '' && this.#place.shell() === 'prompt') this.#lines.shift();
    const line = this.#lines.shift();
    const isLast = this.#lines.length === 0;
    if (line !== undefined && !isLast) {
      this.#listen();
      this.#late = setTimeout(() => this.#end('late'), this.#lineMs).unref();
    }
    // Tab would complete; after Ctrl-V it is a character, for readline as for a terminal's own line editing.
    if (line !== undefined) this.#place.send(`${line.replaceAll('\t', '\x16\t')}\r`);
    if (isLast) this.#end('done');
  }

  #listen(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#fallenQuiet(), QUIET_MS).unref();
  }

  #fallenQuiet(): void {
    if (this.#place.column() > 0) this.#typeNext();
  }

  #end(how: TypingEnd): void {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    clearTimeout(this.#quiet);
    clearTimeout(this.#late);
    this.#lines.length = 0;
    this.#ended.resolve(how);
  }
}
