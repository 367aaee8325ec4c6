/**
 * One terminal: a program's pty, its screen and its viewers. It outlives its viewers, and its journal outlives it.
 * Knows neither WebSockets nor engines.
 */
import type { TypeRequest } from '../../protocol/api.ts';
import type { Size, ViewerMessage } from '../../protocol/messages.ts';
import { CLOSE } from '../../protocol/messages.ts';
import { DrydockError } from '../errors.ts';
import type { Off, Pty } from '../sandbox/engine.ts';
import { Audience } from './audience.ts';
import { Batches } from './batches.ts';
import { CatchUp, interrupts } from './catch-up.ts';
import { withDeadline } from './deadline.ts';
import type { FloodGate, Passage } from './flood-gate.ts';
import { Journal } from './journal.ts';
import type { Contents } from './journal-format.ts';
import type { Journals } from './journals.ts';
import { Keyboard } from './keyboard.ts';
import type { Mark } from './keyboard.ts';
import type { TerminalLog } from './log.ts';
import type { RecentIds } from './recent-ids.ts';
import { isKeystroke } from './reports.ts';
import { Screen } from './screen.ts';
import type { Snapshot } from './snapshot.ts';
import type { Turns } from './turns.ts';
import { ViewerFeed } from './viewer-feed.ts';
import type { Channel, Closing, Seat } from './viewer-feed.ts';

/** Opening the pty may take this long: an engine under load, not a broken one. */
const OPEN_MS = 30_000;

/** Unparsed output above which the program waits, and at which it goes on. */
const BACKLOG_HIGH = 1024 * 1024;
const BACKLOG_LOW = 256 * 1024;

/** A program that has waited within so many milliseconds has output under way. */
const JUST_PAUSED_MS = 1000;

/** Writing the rest of the journal may take this long. */
const CLOSE_MS = 5000;

/** How a program ended. See `Pty.onExit`. */
export interface Exit {
  readonly code: number | null;
  readonly lost: boolean;
}

/** What a connection holds after attaching. */
export interface Viewer {
  /** Keystrokes. Reach the program also while its output waits. */
  input(data: Uint8Array): void;
  message(message: ViewerMessage): void;
  /** The connection is gone. Calling it again does nothing. */
  detach(): void;
}

/** What a session needs. */
export interface SessionDeps {
  readonly key: string;
  readonly log: TerminalLog;
  readonly turns: Turns;
  readonly floods: FloodGate;
  readonly journals: Journals | undefined;
  /** What viewers are told when the program has ended. */
  readonly exitReason: 'shell-exited' | 'sandbox-ended';
  /** Called once, when the program ended or was lost; not after `end` or `stop`. */
  onExit(exit: Exit): void;
  /** Called for what happens in the terminal; not for what is brought back from a journal. */
  onMark(mark: Mark): void;
}

const STATES = ['starting', 'ready', 'closing', 'done'] as const;
type State = (typeof STATES)[number];

/** A terminal from its opening to its end. */
export class Session {
  readonly #deps: SessionDeps;
  readonly #screen: Screen;
  readonly #audience = new Audience(() => this.#regulate());
  readonly #keyboard: Keyboard;
  readonly #batches = new Batches((batch) => this.#output(batch));
  readonly #catchUp = new CatchUp(() => this.#caughtUp());
  readonly #passage: Passage;
  #state: State = 'starting';
  #size: Size;
  #pty: Pty | undefined;
  #journal: Journal | undefined;
  #offs: Off[] = [];
  #paused = false;
  #pausedAt = -Infinity;
  #backlogged = false;
  #restoring = false;
  #nudge = false;
  #disposing: Promise<void> | undefined;
  readonly #finished = Promise.withResolvers<void>();

  constructor(size: Size, deps: SessionDeps) {
    this.#deps = deps;
    this.#size = { cols: size.cols, rows: size.rows };
    this.#passage = deps.floods.open(() => this.#regulate());
    this.#screen = new Screen(this.#size, {
      turns: deps.turns,
      log: deps.log,
      listener: {
        backlog: () => this.#regulate(),
        answer: (data) => this.#answer(data),
        mark: (mark) => {
          if (!this.#restoring) this.#keyboard.marked(mark);
          if (mark.kind === 'prompt') this.#catchUp.end();
        },
      },
    });
    this.#keyboard = new Keyboard({
      send: (data) => this.#pty?.write(data),
      shell: () => this.#screen.shell,
      column: () => this.#screen.column,
      onMark: (mark) => deps.onMark(mark),
    });
  }

  /** Resolves when the session is over and its journal written or removed. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  get viewers(): number {
    return this.#audience.size;
  }

  /** Opens the pty and brings back the screen that an earlier server kept. Rejects with the error of `open`, with
   * `timeout`, or with `conflict` when the session was ended meanwhile; the session is over then. */
  async start(open: () => Promise<Pty>): Promise<void> {
    const opening = open();
    // It may fail while the journal is still being read, before anybody waits for it.
    opening.catch(() => undefined);
    try {
      const kept = await this.#deps.journals?.read(this.#deps.key);
      const pty = await withDeadline(opening, OPEN_MS, 'opening the terminal');
      if (this.#state !== 'starting')
        throw new DrydockError('conflict', 'the terminal was ended while it opened');
      this.#begin(pty, kept);
    } catch (error) {
      // A pty that comes too late has no owner.
      void opening.then((pty) => pty.detach()).catch(() => undefined);
      await this.#dispose(false);
      throw error;
    }
  }

  /** Adds a viewer. The size of its window becomes the terminal's if nobody else may type, else once it types. Rejects
   * with `not-found` once the terminal has ended. */
  join(channel: Channel, seat: Seat): Viewer {
    if (this.#state !== 'ready') throw new DrydockError('not-found', 'the terminal has ended');
    this.#batches.flush();
    const feed = new ViewerFeed(channel, seat);
    this.#audience.add(feed);
    this.#followLeader();
    this.#sendSnapshot(feed);
    if (this.#nudge) this.#redraw();
    return {
      input: (data) => this.#input(feed, data),
      message: (message) => this.#message(feed, message),
      detach: () => this.#leave(feed),
    };
  }

  /** Types as `Keyboard.type` does, once all output so far has been parsed, and adds the request to `typed`; nothing if it
   * is there already. Rejects with its errors, and with `not-found` once the terminal has ended. */
  async type(request: TypeRequest, typed: RecentIds): Promise<void> {
    if (this.#state === 'ready') {
      this.#batches.flush();
      const parsed = new Promise<void>((resolve) => this.#screen.after(resolve));
      await Promise.race([parsed, this.finished]);
    }
    if (this.#state !== 'ready') throw new DrydockError('not-found', 'The terminal has ended.');
    if (typed.has(request.id)) return;
    this.#keyboard.type(request);
    typed.add(request.id);
  }

  /** Ends the session for good: viewers are told and closed, the journal is removed. */
  async end(closing: Closing): Promise<void> {
    if (this.#state === 'ready') this.#batches.flush();
    this.#advance('closing');
    // Whoever is told why it ended goes on reading the last screen.
    const last = closing.message ? (): Snapshot => this.#screen.snapshot() : undefined;
    this.#audience.finish(closing, last);
    await this.#dispose(true);
  }

  /** Lets go of everything; the program goes on and the journal stays. Resolves when the journal is written. */
  async stop(closing: Closing): Promise<void> {
    if (this.#state === 'ready') this.#batches.flush();
    this.#advance('closing');
    this.#audience.finish(closing);
    await this.#dispose(false);
  }

  #advance(next: State): void {
    if (STATES.indexOf(next) > STATES.indexOf(this.#state)) this.#state = next;
  }

  #begin(pty: Pty, kept: Contents | undefined): void {
    this.#pty = pty;
    if (kept) this.#restore(kept);
    this.#screen.resize(this.#size);
    const { journals, key, log } = this.#deps;
    if (journals)
      this.#journal = new Journal({ path: journals.path(key), log, snapshot: () => this.#snapshot() });
    void pty.resize(this.#size);
    this.#advance('ready');
    this.#offs = [pty.onData((data) => this.#batches.push(data)), pty.onExit((exit) => this.#exited(exit))];
  }

  #restore({ snapshot, entries }: Contents): void {
    this.#restoring = true;
    this.#screen.restore(snapshot);
    for (const entry of entries) {
      if ('output' in entry) this.#screen.write(entry.output);
      else this.#screen.resize(entry.size);
    }
    this.#screen.after(() => {
      this.#restoring = false;
      // What the program drew while no server listened is lost; a full-screen program can be asked to draw again.
      this.#nudge = this.#screen.alternate;
      if (this.#nudge && this.#audience.size > 0) this.#redraw();
    });
  }

  #snapshot(): Promise<Snapshot> {
    return new Promise((resolve) => this.#screen.after(() => resolve(this.#screen.snapshot())));
  }

  #output(batch: Uint8Array): void {
    this.#screen.write(batch);
    this.#keyboard.printed();
    this.#journal?.output(batch);
    this.#audience.push(batch);
    this.#catchUp.printed();
    this.#passage.spent(batch.length);
    this.#regulate();
  }

  #sendSnapshot(feed: ViewerFeed): void {
    const start = feed.join();
    this.#screen.after(() => {
      start(() => this.#screen.snapshot());
      this.#regulate();
    });
    this.#regulate();
  }

  /** Lets the program run or wait: for its viewers, and for the screen where that is far behind. */
  #regulate(): void {
    if (this.#state !== 'ready') return;
    const isHurrying = this.#catchUp.active;
    const waiting = isHurrying ? undefined : this.#audience.waitingForSnapshot;
    if (waiting) {
      this.#batches.flush();
      this.#sendSnapshot(waiting);
      return;
    }
    this.#backlogged = this.#screen.unparsed > (this.#backlogged ? BACKLOG_LOW : BACKLOG_HIGH);
    const mayWait = !isHurrying && (this.#audience.wantsPause() || this.#passage.held);
    const pause = mayWait || this.#backlogged;
    if (pause === this.#paused) return;
    this.#paused = pause;
    this.#pausedAt = performance.now();
    if (pause) this.#pty?.pause();
    else this.#pty?.resume();
  }

  #input(feed: ViewerFeed, data: Uint8Array): void {
    if (this.#state !== 'ready' || !this.#audience.has(feed)) return;
    if (feed.readOnly) {
      if (isKeystroke(data)) feed.refuse('read-only', 'Expected a viewer that only looks, found input.');
      return;
    }
    if (!this.#audience.accepts(feed, data)) return;
    this.#followLeader();
    this.#keyboard.input(data);
    const isWaiting = this.#paused || performance.now() - this.#pausedAt < JUST_PAUSED_MS;
    if (isWaiting && interrupts(data)) this.#hurry();
  }

  /** Passes over what the engine still holds of a flood, so that what follows it is seen at once. */
  #hurry(): void {
    this.#audience.skip();
    this.#catchUp.begin();
    this.#regulate();
  }

  #caughtUp(): void {
    this.#passage.leave();
    this.#batches.flush();
    for (const feed of this.#audience.behind) this.#sendSnapshot(feed);
    this.#regulate();
  }

  /** The screen's own answer, for the times when no viewer gets the query. */
  #answer(data: string): void {
    if (!this.#restoring && !this.#audience.answers) this.#pty?.write(Buffer.from(data));
  }

  #message(feed: ViewerFeed, message: ViewerMessage): void {
    if (this.#state !== 'ready' || !this.#audience.has(feed)) return;
    if (message.type === 'resize') {
      feed.window = { cols: message.cols, rows: message.rows };
      this.#followLeader();
    } else if (message.type === 'clear') {
      if (!feed.readOnly) this.#clear();
    } else {
      feed.acknowledged(message.bytes);
      this.#regulate();
    }
  }

  /** See `clearSchema`. What is cleared comes back neither with a reload nor with a restart. */
  #clear(): void {
    this.#batches.flush();
    this.#screen.after(() => {
      if (!this.#screen.clear()) return;
      this.#journal?.renew();
      this.#audience.renew();
      this.#regulate();
    });
  }

  /** Gives the terminal the size of its leader's window. All viewers are told, the leader too: at which point of the
   * output the size changes is for all the same. */
  #followLeader(): void {
    const size = this.#audience.leader?.window ?? this.#size;
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return;
    this.#batches.flush();
    this.#size = { cols: size.cols, rows: size.rows };
    this.#screen.resize(this.#size);
    this.#journal?.resized(this.#size);
    void this.#pty?.resize(this.#size);
    this.#audience.send({ type: 'resize', ...this.#size });
  }

  #redraw(): void {
    this.#nudge = false;
    const { cols, rows } = this.#size;
    const other = rows > 1 ? rows - 1 : rows + 1;
    void this.#pty?.resize({ cols, rows: other }).then(() => this.#pty?.resize(this.#size));
  }

  #leave(feed: ViewerFeed): void {
    if (!this.#audience.remove(feed)) return;
    if (this.#state === 'ready') this.#followLeader();
    this.#regulate();
  }

  #exited(exit: Exit): void {
    if (this.#state !== 'ready') return;
    this.#batches.flush();
    this.#advance('closing');
    const message = { type: 'exit', reason: this.#deps.exitReason, code: exit.code } as const;
    const closing = exit.lost
      ? { code: CLOSE.engineUnavailable, reason: 'the engine does not answer' }
      : { code: CLOSE.ended, reason: 'the terminal has ended', message };
    this.#screen.after(() => {
      this.#audience.finish(closing, () => this.#screen.snapshot());
      void this.#dispose(!exit.lost);
    });
    this.#deps.onExit(exit);
  }

  #dispose(removeJournal: boolean): Promise<void> {
    this.#disposing ??= this.#letGo(removeJournal);
    return this.#disposing;
  }

  async #letGo(removeJournal: boolean): Promise<void> {
    this.#advance('closing');
    for (const off of this.#offs) off();
    this.#offs = [];
    this.#batches.close();
    this.#catchUp.close();
    this.#passage.leave();
    this.#keyboard.close();
    this.#pty?.detach();
    this.#pty = undefined;
    const { log, key } = this.#deps;
    if (this.#journal) {
      const closing = this.#journal.close(removeJournal);
      await withDeadline(closing, CLOSE_MS, 'writing the journal').catch((error: unknown) =>
        log.warn({ err: error, key }, 'a terminal could not be written to disk in time'),
      );
    }
    this.#screen.close();
    this.#advance('done');
    this.#finished.resolve();
  }
}
