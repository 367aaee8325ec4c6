/** Types into an interactive shell as a learner would, and reads what it prints. Knows nothing about lessons. */
import { stripVTControlCharacters } from 'node:util';
import type { Pty } from '../../server/sandbox/engine.ts';
import { Screen } from '../contract/screen.ts';

/** Wide enough that the shell never wraps what is typed. */
const SIZE = { cols: 400, rows: 60 };
/** Milliseconds that one command may take. */
const COMMAND_MS = 60_000;
const POLL_MS = 15;

export class Typist {
  readonly #screen: Screen;
  readonly #prompt: RegExp;
  #read = 0;

  private constructor(pty: Pty, prompt: string) {
    this.#screen = new Screen(pty);
    // The prompt ends the output; an active environment writes its name before it.
    this.#prompt = new RegExp(`(?:\\([\\w.-]+\\) )?${prompt}:[^\\n]*\\$ $`);
  }

  /** Resolves when the shell shows its prompt, such as `student@python` and what follows it. */
  static async sit(pty: Pty, prompt: string): Promise<Typist> {
    await pty.resize(SIZE);
    const typist = new Typist(pty, prompt);
    await typist.#untilPrompt(0);
    return typist;
  }

  /** Types a line and Enter; resolves with what was printed until the next prompt, without trailing line ends. */
  async type(line: string): Promise<string> {
    this.#screen.type(`${line}\r`);
    // The first line is the echo of what was typed, perhaps after a prompt that was drawn anew.
    const output = await this.#untilPrompt(1);
    return output.slice(output.indexOf('\n') + 1).replace(/\n$/, '');
  }

  /** All that is new, up to the first prompt that has so many line ends before it. */
  async #untilPrompt(lineEnds: number): Promise<string> {
    const deadline = Date.now() + COMMAND_MS;
    for (;;) {
      const text = this.#screen.text.slice(this.#read);
      const plain = stripVTControlCharacters(text).replaceAll('\r', '');
      const prompt = this.#prompt.exec(plain);
      if (prompt && plain.slice(0, prompt.index).split('\n').length > lineEnds) {
        this.#read += text.length;
        return plain.slice(0, prompt.index);
      }
      if (Date.now() > deadline)
        throw new Error(`expected a prompt, found ${JSON.stringify(plain.slice(-500))}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
