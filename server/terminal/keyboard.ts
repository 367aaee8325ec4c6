/**
 * All that is typed into one terminal: by its viewers, and for them, line by line. Says when a line that was sent to
 * something without shell integration seems to have had its effect. Knows neither viewers nor the pty.
 */
import { MAX_TYPED, type TypeRequest } from '../../protocol/api.ts';
import { DrydockError } from '../errors.ts';
import { LineTypist, typedLines } from './line-typist.ts';
import { isKeystroke } from './reports.ts';
import type { ShellMark, ShellMarks } from './shell-marks.ts';

/** After Enter, output that has been quiet this long counts as all there is. */
const PAUSE_MS = 700;

/** What can be told to look idle by its screen only must have been quiet for this long before it is typed at. */
const IDLE_MS = 300;

/** Lines of one text. */
const MAX_LINES = 200;

const ENTER = 0x0d;

/**
 * What happens in a terminal: a prompt is shown; a command begins; it has ended (`code` is null where the shell did not
 * say); or, where no shell tells, Enter was pressed and the output has come to rest.
 */
export type Mark = Exclude<ShellMark, { kind: 'more' }> | { readonly kind: 'pause' };

/** What a keyboard needs. */
export interface KeyboardDeps {
  send(data: Uint8Array): void;
  /** The marks of the screen as it is at the moment. */
  shell(): ShellMarks;
  /** The cursor's column, from 0. */
  column(): number;
  onMark(mark: Mark): void;
}

/** One terminal's keyboard. It has no timer while nothing is typed. */
export class Keyboard {
  readonly #deps: KeyboardDeps;
  #typist: LineTypist | undefined;
  #pause: NodeJS.Timeout | undefined;
  #printedAt = -Infinity;

  constructor(deps: KeyboardDeps) {
    this.#deps = deps;
  }

  /** What a viewer sent. A keystroke ends what is being typed for it, the answers of its terminal do not. */
  input(data: Uint8Array): void {
    if (this.#typist?.isBusy && isKeystroke(data)) this.#typist.stop();
    this.#send(data);
  }

  /** To be told that there was output. */
  printed(): void {
    this.#printedAt = performance.now();
    this.#pause?.refresh();
    this.#typist?.printed();
  }

  /** To be told each mark of the shell, when it is parsed. */
  marked(mark: ShellMark): void {
    this.#stopPause();
    if (mark.kind !== 'more') this.#deps.onMark(mark);
    this.#typist?.marked(mark);
  }

  /**
   * Types the text line by line; the first line is typed on return, the rest follows in the background, until somebody
   * types something else or a line takes longer than two minutes. Throws `invalid` for a text that is too long, and
   * `conflict` with `details.reason` where a line would not be the shell's next command. To be called when all output
   * has been parsed.
   */
  type({ text, anyway }: Pick<TypeRequest, 'text' | 'anyway'>): void {
    const lines = typedLines(text);
    if (text.length > MAX_TYPED || lines.length > MAX_LINES) {
      const found = `${text.length} in ${lines.length} lines`;
      throw new DrydockError(
        'invalid',
        `Expected at most ${MAX_TYPED} characters in ${MAX_LINES} lines to type, found ${found}.`,
      );
    }
    if (!anyway) this.#mustBeFree();
    this.#typist?.stop();
    this.#typist = new LineTypist(lines, {
      send: (keys) => this.#send(Buffer.from(keys)),
      shell: () => this.#deps.shell().place,
      column: () => this.#deps.column(),
    });
  }

  /** Ends all waiting; nothing is typed or told after it. */
  close(): void {
    this.#typist?.stop();
    this.#stopPause();
  }

  #send(data: Uint8Array): void {
    this.#deps.send(data);
    if (data.includes(ENTER)) this.#pause ??= setTimeout(() => this.#fallenQuiet(), PAUSE_MS).unref();
  }

  #fallenQuiet(): void {
    this.#stopPause();
    const shell = this.#deps.shell();
    // A shell that stays silent after Enter has lost its integration, or was never where its prompt seemed to be.
    if (shell.place !== 'command') shell.forget();
    this.#deps.onMark({ kind: 'pause' });
  }

  #stopPause(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #mustBeFree(): void {
    const shell = this.#deps.shell();
    const { line, place } = shell;
    const found = line === '' ? '' : `: ${JSON.stringify(line.slice(-80))}`;
    if (this.#typist?.isBusy) throw busy('typing', line, 'Another text is being typed into the terminal.');
    if (shell.isFree || (place === 'unknown' && this.#looksFree(line))) return;
    if (place === 'prompt' || place === 'more') {
      throw busy('line-not-empty', line, `Something stands at the terminal's prompt${found}.`);
    }
    throw busy('running', line, `Something runs in the terminal${found}.`);
  }

  /** For a shell that has not been heard: it has been idle behind something like a prompt. */
  #looksFree(line: string): boolean {
    return performance.now() - this.#printedAt >= IDLE_MS && /[$#%>]$/.test(line) && this.#deps.column() > 0;
  }
}

function busy(reason: 'running' | 'line-not-empty' | 'typing', line: string, message: string): DrydockError {
  return new DrydockError('conflict', message, { details: { reason, line: line.slice(-200) } });
}
