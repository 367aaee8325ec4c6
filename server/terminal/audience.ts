/**
 * The viewers of one terminal: passes the output on to each at its own pace, says when the program should wait for
 * them, and which of them leads: who typed last, whose window has the size and whose terminal answers the program's
 * queries. Knows neither pty nor screen.
 */
import type { ServerMessage } from '../../protocol/messages.ts';
import { isKeystroke, isReport } from './reports.ts';
import type { Snapshot } from './snapshot.ts';
import type { Closing, ViewerFeed } from './viewer-feed.ts';

/** Viewers that have held the program this long without a sign count as stalled: a sleeping laptop or a browser's
 * background tab must not stop a build. */
const STALL_MS = 30_000;

/** Any number of viewers. */
export class Audience {
  readonly #feeds = new Set<ViewerFeed>();
  readonly #onStall: () => void;
  #leader: ViewerFeed | undefined;
  #stallTimer: NodeJS.Timeout | undefined;

  /** `onStall` is called when viewers have been given up waiting for, so that `wantsPause` has changed. */
  constructor(onStall: () => void) {
    this.#onStall = onStall;
  }

  get size(): number {
    return this.#feeds.size;
  }

  has(feed: ViewerFeed): boolean {
    return this.#feeds.has(feed);
  }

  add(feed: ViewerFeed): void {
    this.#feeds.add(feed);
    if (!feed.readOnly) this.#leader ??= feed;
  }

  /** Returns whether it was there. */
  remove(feed: ViewerFeed): boolean {
    feed.leave();
    const wasThere = this.#feeds.delete(feed);
    if (this.#leader === feed) this.#leader = [...this.#feeds].findLast(({ readOnly }) => !readOnly);
    return wasThere;
  }

  /** Output for all. */
  push(batch: Uint8Array): void {
    for (const feed of this.#feeds) feed.push(batch);
  }

  /** A message for all. */
  send(message: ServerMessage): void {
    for (const feed of this.#feeds) feed.send(message);
  }

  /** What the viewers were sent holds no more: each gets a snapshot when it has room. */
  renew(): void {
    for (const feed of this.#feeds) feed.renew();
  }

  /** Whose window gives the terminal its size: who typed last, or came first; undefined while nobody may type. */
  get leader(): ViewerFeed | undefined {
    return this.#leader;
  }

  /** A viewer that skipped output and has room for a snapshot again. */
  get waitingForSnapshot(): ViewerFeed | undefined {
    for (const feed of this.#feeds) if (feed.wantsSnapshot) return feed;
    return undefined;
  }

  /** Whether the leader gets the output as it comes, and so the program's queries. */
  get answers(): boolean {
    return this.#leader?.state === 'live';
  }

  /** Lets none of them get what is under way. */
  skip(): void {
    for (const feed of this.#feeds) feed.skip();
  }

  /** Those that skipped output, whether they have room or not. */
  get behind(): ViewerFeed[] {
    return [...this.#feeds].filter(({ state }) => state === 'behind');
  }

  /** Whether the program should wait: a viewer waits for its snapshot, so that little gathers behind that; or every
   * one of them that may type has enough to draw. */
  wantsPause(): boolean {
    let isHeld = this.#leader !== undefined;
    let isJoining = false;
    for (const feed of this.#feeds) {
      if (!feed.holds && !feed.readOnly) isHeld = false;
      if (feed.state === 'joining') isJoining = true;
    }
    if (isHeld) this.#stallTimer ??= setTimeout(() => this.#stall(), STALL_MS).unref();
    else this.#stopTimer();
    return isHeld || isJoining;
  }

  /** Whether this input is for the program. Every viewer's terminal answers its queries; it must be answered once, by
   * the leader's. Who types leads from then on. */
  accepts(feed: ViewerFeed, input: Uint8Array): boolean {
    if (feed !== this.#leader && isReport(input)) return false;
    if (isKeystroke(input)) this.#leader = feed;
    return true;
  }

  /** Says the last words to all and closes them. See `ViewerFeed.finish`. */
  finish(closing: Closing, last?: () => Snapshot): void {
    for (const feed of this.#feeds) feed.finish(closing, last);
    this.#feeds.clear();
    this.#leader = undefined;
    this.#stopTimer();
  }

  #stall(): void {
    this.#stallTimer = undefined;
    for (const feed of this.#feeds) feed.stall();
    this.#onStall();
  }

  #stopTimer(): void {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = undefined;
  }
}
