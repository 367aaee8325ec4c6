/**
 * The viewers of one terminal: passes the output on to each at its own pace, says when the program should wait for
 * them, and whose terminal answers the program's queries. Knows neither pty nor screen.
 */
import type { ServerMessage } from '../../protocol/messages.ts';
import { isReport } from './reports.ts';
import type { Snapshot } from './snapshot.ts';
import type { Closing, ViewerFeed } from './viewer-feed.ts';

/** Viewers that have held the program this long without a sign count as stalled: a sleeping laptop or a browser's
 * background tab must not stop a build. */
const STALL_MS = 30_000;

/** Any number of viewers. */
export class Audience {
  readonly #feeds = new Set<ViewerFeed>();
  readonly #onStall: () => void;
  #answering: ViewerFeed | undefined;
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
    this.#answering ??= feed;
  }

  /** Returns whether it was there. */
  remove(feed: ViewerFeed): boolean {
    feed.leave();
    const wasThere = this.#feeds.delete(feed);
    if (this.#answering === feed) this.#answering = [...this.#feeds].at(-1);
    return wasThere;
  }

  /** Output for all. */
  push(batch: Uint8Array): void {
    for (const feed of this.#feeds) feed.push(batch);
  }

  /** A message for all but one. */
  send(message: ServerMessage, except: ViewerFeed): void {
    for (const feed of this.#feeds) if (feed !== except) feed.send(message);
  }

  /** A viewer that skipped output and has room for a snapshot again. */
  get waitingForSnapshot(): ViewerFeed | undefined {
    for (const feed of this.#feeds) if (feed.wantsSnapshot) return feed;
    return undefined;
  }

  /** Whether some viewer gets the output as it comes. */
  get isLive(): boolean {
    for (const feed of this.#feeds) if (feed.state === 'live') return true;
    return false;
  }

  /** Whether the program should wait: a viewer waits for its snapshot, so that little gathers behind that; or every
   * one of them has enough to draw. */
  wantsPause(): boolean {
    let isHeld = this.#feeds.size > 0;
    let isJoining = false;
    for (const feed of this.#feeds) {
      if (!feed.holds) isHeld = false;
      if (feed.state === 'joining') isJoining = true;
    }
    if (isHeld) this.#stallTimer ??= setTimeout(() => this.#stall(), STALL_MS).unref();
    else this.#stopTimer();
    return isHeld || isJoining;
  }

  /** Whether this input is for the program. Every viewer's terminal answers its queries; it must be answered once, by
   * whoever typed last. */
  accepts(feed: ViewerFeed, input: Uint8Array): boolean {
    if (feed === this.#answering) return true;
    if (isReport(input)) return false;
    this.#answering = feed;
    return true;
  }

  /** Says the last words to all and closes them. See `ViewerFeed.finish`. */
  finish(closing: Closing, last?: () => Snapshot): void {
    for (const feed of this.#feeds) feed.finish(closing, last);
    this.#feeds.clear();
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
