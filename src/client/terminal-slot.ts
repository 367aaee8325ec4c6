/** Holds the lab's terminals, loaded when it is first needed. Knows nothing about labs' states. */
import type { LiveTerminal, TerminalsOf } from './live-terminal.ts';
import { MAIN } from './terminal-names.ts';

/** A place for a terminal that may not be there yet. */
export class TerminalSlot {
  readonly #open: () => Promise<LiveTerminal>;
  #opening: Promise<LiveTerminal> | undefined;
  #terminal: LiveTerminal | undefined;

  /** `open` loads and opens the terminal; it is called again only after it failed. */
  constructor(open: () => Promise<LiveTerminal>) {
    this.#open = open;
  }

  /** Begins to load the terminal; a failure shows in `connect`. */
  load(): void {
    this.#load().catch(() => {});
  }

  /** The same for a learner who is about to need it: it makes itself ready to draw fast, too. Once is enough. */
  prepare(): void {
    if (this.#opening) return;
    this.#load().then(
      (terminal) => terminal.warmUp(),
      () => {},
    );
  }

  /** Connects to the sandbox once the terminal is there, unless aborted by then. Rejects where it cannot be loaded. */
  async connect(sandbox: TerminalsOf, signal: AbortSignal): Promise<void> {
    const terminal = this.#terminal ?? (await this.#load());
    if (!signal.aborted) terminal.connect(sandbox);
  }

  /** The name of the terminal that is shown. */
  get shown(): string {
    return this.#terminal?.shown ?? MAIN;
  }

  disconnect(): void {
    this.#terminal?.disconnect();
  }

  focus(): void {
    this.#terminal?.focus();
  }

  #load(): Promise<LiveTerminal> {
    this.#opening ??= this.#open().then(
      (terminal) => (this.#terminal = terminal),
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }
}
