/**
 * Follows where a shell stands by the marks that it prints (OSC 133, see server/sandbox/shell-integration.bash): at its
 * prompt, in a command, and what stands at the prompt. Knows nothing about ptys, viewers or files.
 */
import type { IMarker, Terminal } from '@xterm/headless';

/** What a shell tells. `more`: it wants the rest of a command. `done`: `code` is null where it did not say. */
export type ShellMark =
  | { readonly kind: 'prompt' }
  | { readonly kind: 'more' }
  | { readonly kind: 'command' }
  | { readonly kind: 'done'; readonly code: number | null };

/** Where the shell stands. `unknown`: it has not said anything that still holds. */
export type ShellPlace = 'unknown' | 'prompt' | 'more' | 'command';

/** What is kept of it with a snapshot: the place, and where its prompt ends: the column, and how many rows above the
 * cursor's. */
export interface ShellState {
  readonly place: Exclude<ShellPlace, 'unknown'>;
  readonly column: number;
  readonly rowsUp: number;
}

/** Longer marks have parameters of no interest. */
const MAX_READ = 64;

/** One emulator's marks. They are believed as they come: whatever runs in the terminal may print its own. */
export class ShellMarks {
  readonly #terminal: Terminal;
  readonly #tell: (mark: ShellMark) => void;
  #place: ShellPlace = 'unknown';
  /** The command has said its code, and the next prompt is still to come. */
  #isOver = false;
  /** A prompt has begun that is not one drawn again. */
  #isNew = false;
  #end: IMarker | undefined;
  #column = 0;

  /** `tell` gets each mark when the emulator parses it. */
  constructor(terminal: Terminal, tell: (mark: ShellMark) => void) {
    this.#terminal = terminal;
    this.#tell = tell;
    terminal.parser.registerOscHandler(133, (data) => {
      this.#read(data.slice(0, MAX_READ));
      return true;
    });
  }

  get place(): ShellPlace {
    return this.#place;
  }

  /** Whether a line that is typed would be the shell's next command: it waits at its prompt and nothing stands there. */
  get isFree(): boolean {
    const { active } = this.#terminal.buffer;
    if (this.#place !== 'prompt' || active.type !== 'normal' || !this.#end) return false;
    const isThere = this.#end.line === active.baseY + active.cursorY && this.#column === active.cursorX;
    return isThere && this.line === '';
  }

  /** What stands at the prompt, without blanks at its end; elsewhere what stands in the cursor's line. */
  get line(): string {
    const { active } = this.#terminal.buffer;
    const cursor = active.baseY + active.cursorY;
    const isAtPrompt = this.#place === 'prompt' && active.type === 'normal' && (this.#end?.line ?? -1) >= 0;
    let row = isAtPrompt ? (this.#end?.line ?? cursor) : cursor;
    let text = active.getLine(row)?.translateToString(false, isAtPrompt ? this.#column : 0) ?? '';
    for (row++; row <= cursor || active.getLine(row)?.isWrapped; row++) {
      const next = active.getLine(row);
      if (!next) break;
      text = next.isWrapped ? text : `${text.trimEnd()}\n`;
      text += next.translateToString(false);
    }
    return text.trimEnd();
  }

  /** To be kept with a snapshot of the emulator; undefined where there is nothing to keep. */
  get state(): ShellState | undefined {
    if (this.#place === 'unknown') return undefined;
    const { active } = this.#terminal.buffer;
    const end = this.#end?.line ?? -1;
    if (end < 0 || active.type !== 'normal') return { place: 'command', column: 0, rowsUp: 0 };
    return { place: this.#place, column: this.#column, rowsUp: active.baseY + active.cursorY - end };
  }

  /** Takes over what was kept. To be called when the emulator has parsed the snapshot and nothing else. */
  restore({ place, column, rowsUp }: ShellState): void {
    this.#place = place;
    this.#put(column, rowsUp);
  }

  /** What was heard until now holds no more. */
  forget(): void {
    this.#place = 'unknown';
    this.#isOver = false;
  }

  #read(data: string): void {
    const [kind, detail = ''] = data.split(';');
    if (kind === 'A') this.#isNew = true;
    else if (kind === 'B') this.#promptEnds();
    else if (kind === 'P' && detail === 'k=s') this.#enter('more', { kind: 'more' });
    else if (kind === 'C') {
      this.#isOver = false;
      this.#enter('command', { kind: 'command' });
    } else if (kind === 'D') this.#commandEnds(/^\d{1,3}$/.test(detail) ? Number(detail) : null);
  }

  #promptEnds(): void {
    const { cursorX } = this.#terminal.buffer.active;
    this.#put(cursorX, 0);
    if (this.#place === 'command') this.#commandEnds(null);
    // Readline draws the prompt again after completions and when the size changes.
    if (!this.#isNew && this.#place === 'prompt') return;
    this.#isNew = false;
    this.#enter('prompt', { kind: 'prompt' });
  }

  /** Without a command there is nothing to end: Ctrl-C at the prompt changes the exit code as well. */
  #commandEnds(code: number | null): void {
    if (this.#isOver || this.#place === 'prompt' || this.#place === 'more') return;
    this.#isOver = true;
    this.#tell({ kind: 'done', code });
  }

  #enter(place: ShellPlace, mark: ShellMark): void {
    this.#place = place;
    this.#tell(mark);
  }

  #put(column: number, rowsUp: number): void {
    this.#end?.dispose();
    this.#end = this.#terminal.registerMarker(-rowsUp);
    this.#column = column;
  }
}
