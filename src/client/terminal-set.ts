/**
 * The terminals of one sandbox after the other: opened when they are first shown, connected from then on, one of them
 * in sight. Knows nothing about tabs and keys.
 */
import { announce } from './announcer.ts';
import { CallError } from './api.ts';
import { addTerminal, closeTerminal } from './terminal-api.ts';
import { MAIN, rememberTerminal, rememberedTerminal, shownAfter } from './terminal-names.ts';
import type { SessionHandlers, TerminalSession } from './terminal-session.ts';

/** Called by the set. */
export interface SetHandlers extends Omit<SessionHandlers, 'key' | 'titled' | 'bell' | 'stopped'> {
  /** The sandbox's terminals are no more; told by any of them. */
  stopped(cause: 'ended' | 'gone'): void;
  /** Something for the learner to know; one sentence. */
  note(words: string): void;
  /** Which terminals there are, which is shown or whether its shell has ended is not what it was. */
  changed(): void;
}

/** Opens a terminal; see `TerminalSession.open`. */
export type OpenSession = (
  name: string,
  handlers: Pick<SessionHandlers, 'drawn' | 'lost' | 'stopped' | 'inquire' | 'refused'>,
) => Promise<TerminalSession>;

/** The sandbox's terminals. */
export class TerminalSet {
  readonly #open: OpenSession;
  readonly #handlers: SetHandlers;
  readonly #main: TerminalSession;
  readonly #sessions = new Map<string, TerminalSession>();
  #names: readonly string[] = [MAIN];
  #sandbox = '';
  #connected = false;
  /** The one to show; `#active` follows once it is opened. */
  #wanted = MAIN;
  #active: TerminalSession;
  readonly #exited = new Set<string>();
  readonly #closing = new Set<string>();

  private constructor(main: TerminalSession, open: OpenSession, handlers: SetHandlers) {
    this.#main = main;
    this.#active = main;
    this.#sessions.set(MAIN, main);
    this.#open = open;
    this.#handlers = handlers;
  }

  /** Opens the main terminal. It shows nothing until `connect`. */
  static async open(open: OpenSession, handlers: SetHandlers): Promise<TerminalSet> {
    const link: { set?: TerminalSet } = {};
    const main = await open(MAIN, handlersOf(MAIN, link, handlers));
    link.set = new TerminalSet(main, open, handlers);
    return link.set;
  }

  /** The terminal in sight. */
  get active(): TerminalSession {
    return this.#active;
  }

  /** All names, the main one first. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Whether the shell of the terminal in sight has ended. */
  get exited(): boolean {
    return this.#exited.has(this.#active.name);
  }

  /** Connects to the sandbox's terminals that were shown, and stays connected. Calling it again does no harm. */
  connect(sandbox: string, names: readonly string[]): void {
    const steady = this.#connected;
    this.#connected = true;
    const another = sandbox !== this.#sandbox;
    if (another) this.#take([MAIN]);
    this.#sandbox = sandbox;
    // Before all that the page shows of it.
    this.#connect(this.#main);
    const shown = this.#wanted;
    this.#take(names);
    if (steady && !names.includes(shown) && !this.#closing.has(shown)) {
      this.#handlers.note(`The terminal “${shown}” was closed.`);
    }
    for (const session of this.#sessions.values()) this.#connect(session);
    const last = another ? rememberedTerminal(sandbox) : this.#wanted;
    if (last !== this.#wanted) void this.show(last, false);
  }

  /** Keeps the screens, lets the connections go. */
  disconnect(): void {
    this.#connected = false;
    for (const session of this.#sessions.values()) session.disconnect();
  }

  /** Shows the terminal, if there is one of that name, and takes the focus to it unless told not to. */
  async show(name: string, focus = true): Promise<void> {
    if (!this.#names.includes(name)) return;
    this.#want(name);
    const session = this.#sessions.get(name) ?? (await this.#opened(name));
    if (!session || this.#wanted !== name) return;
    this.#bringUp(session);
    if (focus) this.#focus();
  }

  /** Adds a terminal, of this name where one is given, and shows it. Says so where that is refused. */
  async add(wanted?: string): Promise<void> {
    const sandbox = this.#sandbox;
    if (!this.#connected) return;
    try {
      const name = await addTerminal(sandbox, wanted);
      if (sandbox !== this.#sandbox) return;
      if (!this.#names.includes(name)) this.#take([...this.#names, name]);
      await this.show(name);
    } catch (error) {
      this.#handlers.note(wordsOf(error, 'No terminal was added.'));
    }
  }

  /** Closes a further terminal; does nothing to the main one. Says so where that fails. */
  async close(name: string): Promise<void> {
    const sandbox = this.#sandbox;
    if (name === MAIN || this.#closing.has(name) || !this.#connected) return;
    this.#closing.add(name);
    try {
      await closeTerminal(sandbox, name).catch((error: unknown) => {
        if (!(error instanceof CallError) || error.code !== 'not-found') throw error;
      });
      if (sandbox !== this.#sandbox) return;
      this.#take(this.#names.filter((one) => one !== name));
      this.#focus();
    } catch (error) {
      this.#handlers.note(wordsOf(error, 'The terminal was not closed.'));
    } finally {
      this.#closing.delete(name);
    }
  }

  /** Opens a fresh shell where the one in sight has ended. */
  restart(): void {
    const session = this.#active;
    if (!this.#exited.delete(session.name)) return;
    this.#connect(session);
    this.#handlers.changed();
    this.#focus();
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
  }

  /** Whether the page's state follows this terminal: the one in sight, or the main one beside an ended shell. */
  speaks(name: string): boolean {
    return name === (this.#exited.has(this.#wanted) ? MAIN : this.#wanted);
  }

  /** A further terminal's shell has ended, or it was closed. */
  ended(name: string): void {
    if (this.#closing.has(name) || !this.#names.includes(name)) return;
    this.#exited.add(name);
    if (this.#active.name === name) announce('This shell has ended.');
    this.#handlers.changed();
  }

  async #opened(name: string): Promise<TerminalSession | undefined> {
    const session = await this.#open(name, handlersOf(name, { set: this }, this.#handlers));
    // Another may have been faster, or the terminal was closed meanwhile.
    if (this.#sessions.has(name) || !this.#names.includes(name)) {
      session.dispose();
      return this.#sessions.get(name);
    }
    session.view.mount.hidden = true;
    this.#sessions.set(name, session);
    return session;
  }

  /** But for a finger: that would bring up the keyboard over half the page. */
  #focus(): void {
    if (!matchMedia('(pointer: coarse)').matches) this.#active.view.focus();
  }

  #want(name: string): void {
    this.#wanted = name;
    rememberTerminal(this.#sandbox, name);
  }

  #bringUp(session: TerminalSession): void {
    for (const one of this.#sessions.values()) one.view.mount.hidden = one !== session;
    this.#active = session;
    const { view } = session;
    if (view.mount.parentElement) view.mount.parentElement.scrollTop = 0;
    view.fit();
    this.#handlers.changed();
    if (session.live) this.#handlers.drawn();
    else this.#connect(session);
  }

  #connect(session: TerminalSession): void {
    if (this.#connected && !this.#exited.has(session.name)) session.connect(this.#sandbox);
  }

  /** Takes over the list; what is not in it any more is let go. */
  #take(names: readonly string[]): void {
    if (names.join('/') === this.#names.join('/')) return;
    const shown = shownAfter(this.#names, names, this.#wanted);
    this.#names = names;
    if (!names.includes(this.#active.name)) this.#bringUp(this.#sessions.get(shown) ?? this.#main);
    for (const [name, session] of this.#sessions) {
      if (names.includes(name)) continue;
      session.dispose();
      this.#sessions.delete(name);
      this.#exited.delete(name);
    }
    if (shown !== this.#wanted) void this.show(shown, false);
    this.#handlers.changed();
  }
}

function handlersOf(name: string, link: { readonly set?: TerminalSet }, handlers: SetHandlers) {
  const speaks = () => link.set?.speaks(name) ?? true;
  return {
    drawn: () => void (speaks() && handlers.drawn()),
    lost: (...news: Parameters<SessionHandlers['lost']>) => void (speaks() && handlers.lost(...news)),
    stopped: (cause: 'ended' | 'gone' | 'exited') => {
      if (cause !== 'ended' && name !== MAIN) link.set?.ended(name);
      else handlers.stopped(cause === 'gone' ? 'gone' : 'ended');
    },
    inquire: () => handlers.inquire(),
    refused: (why: 'not-connected' | 'too-much') => handlers.refused(why),
  };
}

const wordsOf = (error: unknown, what: string) =>
  `${what} ${error instanceof CallError ? error.message : 'The page made a mistake.'}`;
