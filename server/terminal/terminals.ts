/**
 * All terminals of the server, by key. Knows the engine contract and the protocol only: neither WebSockets nor Docker
 * nor who the viewers are.
 */
import type { TypeRequest } from '../../protocol/api.ts';
import type { Size } from '../../protocol/messages.ts';
import { CLOSE } from '../../protocol/messages.ts';
import { DrydockError } from '../errors.ts';
import type { Pty } from '../sandbox/engine.ts';
import { FloodGate } from './flood-gate.ts';
import { Journals } from './journals.ts';
import type { Mark } from './keyboard.ts';
import type { TerminalLog } from './log.ts';
import { RecentIds } from './recent-ids.ts';
import { Session } from './session.ts';
import type { Exit, Viewer } from './session.ts';
import { Turns } from './turns.ts';
import type { Channel, Closing, Seat } from './viewer-feed.ts';

export type { Mark } from './keyboard.ts';
export type { Exit, Viewer } from './session.ts';
export type { Channel, Closing, Seat } from './viewer-feed.ts';

/** What terminals need. */
export interface TerminalsDeps {
  readonly log: TerminalLog;
  /** Where screens are kept over a restart of the server; undefined: they are not. */
  readonly journalFolder: string | undefined;
  /** The program of a terminal has ended (`lost: false`), or the engine no longer answers (`lost: true`). Not called
   * for terminals that were ended by `end` or `close`. */
  onEnded?(key: string, exit: Exit): void;
  /** What viewers are told when the program of this terminal has ended; without it, that the sandbox has. */
  exitReason?(key: string): 'shell-exited' | 'sandbox-ended';
  /** Something happens in a terminal, such as that a command has ended. Must be quick and not throw. */
  onMark?(key: string, mark: Mark): void;
}

interface Running {
  readonly session: Session;
  readonly ready: Promise<void>;
}

/** The terminals that are open, each with any number of viewers. */
export class Terminals {
  readonly #deps: TerminalsDeps;
  readonly #journals: Journals | undefined;
  readonly #turns = new Turns();
  readonly #floods = new FloodGate();
  readonly #running = new Map<string, Running>();
  /** Sessions that are finishing: the next one of the same key waits, since both have the same journal. */
  readonly #finishing = new Map<string, Promise<void>>();
  /** The texts that were typed into each terminal; kept while the engine is away and its session with it. */
  readonly #typed = new Map<string, RecentIds>();
  #closed = false;

  constructor(deps: TerminalsDeps) {
    this.#deps = deps;
    this.#journals =
      deps.journalFolder === undefined ? undefined : new Journals(deps.journalFolder, deps.log);
  }

  /**
   * Attaches to the terminal `key`, such as `<sandbox id>/<generation>/main`, opening it with `open` if nobody has
   * before. The viewer gets a snapshot first, then bytes. The terminal has the size of the window of who typed last, or
   * of the first viewer that may type. Rejects with the error of
   * `open`, with `timeout`, or with `not-found` or `conflict` when the terminal ends meanwhile.
   */
  // oxlint-disable-next-line max-params -- four things of equal rank, and callers read well
  async attach(key: string, open: () => Promise<Pty>, channel: Channel, seat: Seat): Promise<Viewer> {
    if (this.#closed) throw new DrydockError('conflict', 'the server is stopping');
    const running = this.#running.get(key) ?? this.#start(key, open, seat);
    await running.ready;
    return running.session.join(channel, seat);
  }

  /**
   * Types a text into an open terminal as a person would: line by line, each when the prompt is free. Resolves when the
   * first line is typed; the rest follows in the background and ends when a viewer types something, a line takes longer
   * than two minutes, or the terminal ends. A request whose id was typed before resolves and types nothing. Rejects with
   * `conflict` and `details: { reason, line }` when the prompt is not free and the request does not say `anyway`:
   * `running`, `line-not-empty`, or `typing` for another text. Rejects with `not-found` where the terminal is not open.
   */
  async type(key: string, request: TypeRequest): Promise<void> {
    const running = this.#running.get(key);
    if (!running) throw new DrydockError('not-found', 'The terminal is not open.');
    await running.ready;
    const ids = this.#typed.get(key) ?? new RecentIds();
    this.#typed.set(key, ids);
    await running.session.type(request, ids);
  }

  /** Ends the terminal and its journal; its viewers get the message, if any, and are closed. Unknown key: only a
   * journal that was left is removed. */
  end(key: string, closing: Closing): void {
    const running = this.#running.get(key);
    this.#running.delete(key);
    this.#typed.delete(key);
    const ending = running?.session.end(closing);
    this.#finish(key, async () => {
      await ending;
      await this.#journals?.remove(key);
    });
  }

  /** How many terminals and viewers there are. */
  count(): { sessions: number; viewers: number } {
    let viewers = 0;
    for (const { session } of this.#running.values()) viewers += session.viewers;
    return { sessions: this.#running.size, viewers };
  }

  /** Whether anybody looks at the terminal. */
  watched(key: string): boolean {
    return (this.#running.get(key)?.session.viewers ?? 0) > 0;
  }

  /** Removes the journals of terminals that are neither open nor in `liveKeys`. For the server's start. */
  async sweep(liveKeys: Iterable<string>): Promise<void> {
    await this.#journals?.sweep([...liveKeys, ...this.#running.keys()]);
  }

  /** Closes the viewers' connections, lets go of all ptys and writes the journals; sandboxes go on. Done already:
   * resolves when the first call is done. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const [key, { session }] of this.#running) {
      const stopping = session.stop({ code: CLOSE.goingAway, reason: 'the server is stopping' });
      this.#finish(key, () => stopping);
    }
    this.#running.clear();
    await Promise.all(this.#finishing.values());
  }

  #start(key: string, open: () => Promise<Pty>, size: Size): Running {
    const session = new Session(size, {
      key,
      log: this.#deps.log,
      turns: this.#turns,
      floods: this.#floods,
      journals: this.#journals,
      exitReason: this.#deps.exitReason?.(key) ?? 'sandbox-ended',
      onExit: (exit) => {
        this.#forget(key, session);
        if (!exit.lost) this.#typed.delete(key);
        // The session writes or removes its journal by itself; the next one of this key must find it finished.
        this.#finish(key, () => session.finished);
        this.#deps.onEnded?.(key, exit);
      },
      onMark: (mark) => this.#deps.onMark?.(key, mark),
    });
    const ready = (this.#finishing.get(key) ?? Promise.resolve())
      .then(() => session.start(open))
      .catch((error: unknown) => {
        this.#forget(key, session);
        throw error;
      });
    const running = { session, ready };
    this.#running.set(key, running);
    return running;
  }

  #forget(key: string, session: Session): void {
    if (this.#running.get(key)?.session === session) this.#running.delete(key);
  }

  #finish(key: string, work: () => Promise<void>): void {
    const before = this.#finishing.get(key) ?? Promise.resolve();
    const done = before
      .then(work)
      .catch((error: unknown) => this.#deps.log.warn({ err: error, key }, 'a terminal did not end cleanly'))
      .finally(() => {
        if (this.#finishing.get(key) === done) this.#finishing.delete(key);
      });
    this.#finishing.set(key, done);
  }
}
