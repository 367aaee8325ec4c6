/** Types into an interactive shell as a learner would, and reads what it prints. Knows nothing about lessons. */
import type { Pty } from '../../../server/sandbox/engine.ts';
import { Screen } from './screen.ts';

/** Wide enough that the shell never wraps what is typed. */
const SIZE = { cols: 400, rows: 60 };
const POLL_MS = 250;
/** A program that has printed part of a line and then nothing for so long waits for input. */
const QUIET_MS = 1500;
/** Who asks for more for this part of a line's time needs more. Not at once: a machine that powers off shows its prompt
 * for some seconds too. */
const STAYS = 1 / 12;
/** The shell's prompt for the rest of a command, as in a here-document. */
const CONTINUATION = /^> $/;

/** How the shell is known and how long it may take. */
export interface Manner {
  /** The login name, which a lab's prompt begins with. */
  readonly user: string;
  /** Milliseconds until a typed line counts as one that never ends. */
  readonly lineMs: number;
  readonly signal: AbortSignal;
}

/** What came of a typed line. */
export interface Answer {
  /** `prompt`: the shell is free. `inside`: a program, or an unfinished command, waits for more. */
  readonly at: 'prompt' | 'inside';
  /** What was printed, without line ends at its end. */
  readonly output: string;
  /** Exit code, where the shell announces it. */
  readonly code: number | undefined;
}

/** A line after which nobody could type on. */
export class StuckError extends Error {
  /** What is there instead of a prompt, in the words of a message. */
  readonly found: string;

  constructor(found: string) {
    super(`expected a prompt, found ${found}`);
    this.name = 'StuckError';
    this.found = found;
  }
}

/** What the typist expects to come next. */
export interface Expected {
  /** The prompt of the next line to type, such as `>>> `; empty where it is not known. */
  readonly prompt?: string;
  /** No line follows: only the shell's own prompt will do. */
  readonly last?: boolean;
}

export class Typist {
  readonly #screen: Screen;
  readonly #manner: Manner;
  readonly #prompt: RegExp;
  #lines = 0;

  private constructor(pty: Pty, manner: Manner) {
    this.#screen = new Screen(pty, SIZE);
    this.#manner = manner;
    // An active environment writes its name before the prompt.
    this.#prompt = new RegExp(`(?:\\([\\w.-]+\\) )?${manner.user}@[\\w.-]+:.*\\$ $`);
  }

  /** Resolves when the shell shows its prompt. */
  static async sit(pty: Pty, manner: Manner): Promise<Typist> {
    const typist = new Typist(pty, manner);
    await pty.resize(SIZE);
    const before = { marker: undefined, prompts: 0 };
    await typist.#until(() => typist.#atPrompt(before));
    return typist;
  }

  /** Lines typed so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Types a line and Enter. Rejects with `StuckError` when the line takes too long, when the last one leaves a
   * program at the prompt where it was typed or a command unfinished, and when the terminal ends. */
  async type(line: string, expected: Expected = {}): Promise<Answer> {
    const mark = this.#screen.mark();
    const typedAt = this.#screen.cursorLine;
    this.#lines++;
    this.#screen.type(`${line}\r`);
    let at: Answer['at'] = 'prompt';
    await this.#until(() => {
      if (!this.#screen.hasLeft(mark)) return false;
      if (this.#atPrompt(mark)) return true;
      at = 'inside';
      if (expected.last) this.#expectLeft(typedAt);
      return !expected.last && this.#waitsForMore(expected.prompt);
    });
    if (this.#atPrompt(mark)) at = 'prompt';
    const rest = this.#screen.cursorLine.replace(at === 'prompt' ? this.#prompt : /.*$/, '');
    const lines = [...this.#screen.since(mark), ...(rest === '' ? [] : [rest])];
    mark.marker?.dispose();
    return { at, output: lines.join('\n').replace(/\n+$/, ''), code: this.#screen.code };
  }

  /** The last lines of the terminal, for a report. */
  tail(most = 12): string[] {
    return this.#screen.tail(most);
  }

  close(): void {
    this.#screen.close();
  }

  #atPrompt(mark: Parameters<Screen['atPrompt']>[0]): boolean {
    return this.#screen.atPrompt(mark) || this.#prompt.test(this.#screen.cursorLine);
  }

  /** Whether a line typed now would go to what runs, rather than get lost before it. */
  #waitsForMore(prompt: string | undefined): boolean {
    const line = this.#screen.cursorLine;
    if (CONTINUATION.test(line)) return true;
    // Another container has another name before its prompt, so its sign is what counts.
    if (prompt && line.endsWith(prompt.replace(/^.*(?=[#$>] $)/, ''))) return true;
    return this.#screen.quietMs > QUIET_MS && (line.trim() !== '' || this.#screen.fullScreen);
  }

  /** Throws where a program is back at its own prompt for good, or a command unfinished: no line follows that could end it. */
  #expectLeft(typedAt: string): void {
    const line = this.#screen.cursorLine;
    const asksForMore = CONTINUATION.test(line) || (line === typedAt && line.trim() !== '');
    if (!asksForMore || this.#screen.quietMs <= this.#manner.lineMs * STAYS) return;
    throw new StuckError(`"${line.trim().slice(-60)}", and no further line that leaves it`);
  }

  async #until(holds: () => boolean): Promise<void> {
    const { lineMs, signal } = this.#manner;
    const deadline = performance.now() + lineMs;
    while (!holds()) {
      if (this.#screen.ended) throw new StuckError('that the terminal has ended');
      if (performance.now() > deadline) {
        const line = this.#screen.cursorLine.trim();
        const where = line === '' ? 'an empty line' : `"${line.slice(-60)}"`;
        throw new StuckError(`${where} ${Math.round(lineMs / 1000)} s after the line was typed`);
      }
      await this.#screen.changed(POLL_MS, signal);
    }
  }
}
