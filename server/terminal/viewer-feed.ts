/**
 * Feeds one viewer: snapshot first, then output within its window. Knows neither pty nor screen; the session asks the
 * screen for the snapshots.
 */
import { SendWindow } from '../../protocol/flow.ts';
import { CLOSE } from '../../protocol/messages.ts';
import type { ServerMessage, Size } from '../../protocol/messages.ts';
import type { Snapshot } from './snapshot.ts';

/** Bytes kept for a viewer whose window is full; with more it gets a snapshot later instead. */
const MAX_QUEUED = 256 * 1024;

/** One viewer's connection, as the terminal sees it. Sending never blocks; `sendBytes` is only called within the
 * flow-control window. */
export interface Channel {
  sendBytes(data: Uint8Array): void;
  sendMessage(message: ServerMessage): void;
  close(code: number, reason: string): void;
}

/** How a viewer joins: the size of its window, and whether it may only look. */
export interface Seat extends Size {
  readonly readOnly?: boolean;
}

/** How a connection is closed, and what is said before. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
  readonly message?: ServerMessage;
}

/** `joining`: waits for a snapshot. `live`: gets the output. `behind`: output was skipped, needs a snapshot once its
 * window has room. `gone`: gets nothing more. */
type State = 'joining' | 'live' | 'behind' | 'gone';

/** The output's way to one viewer. */
export class ViewerFeed {
  /** May only look: the program never waits for it, and what it sends has no effect. */
  readonly readOnly: boolean;
  /** The size that its window has room for. */
  window: Size;
  readonly #channel: Channel;
  readonly #window = new SendWindow();
  #state: State = 'joining';
  #queue: (Uint8Array | ServerMessage)[] = [];
  #queued = 0;
  #stalled = false;
  /** Tells one `join` from the next. */
  #joining: symbol | undefined;

  constructor(channel: Channel, { cols, rows, readOnly = false }: Seat) {
    this.#channel = channel;
    this.window = { cols, rows };
    this.readOnly = readOnly;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether the program should wait for this viewer, if all the others want it too. */
  get holds(): boolean {
    return this.#window.full && !this.#stalled;
  }

  /** Whether it is time for `join`. */
  get wantsSnapshot(): boolean {
    return this.#state === 'behind' && !this.#window.full;
  }

  /** To be called when a snapshot is being asked for: what is pushed from here on follows it. Returns the function that
   * sends it, then what was pushed since; it does nothing once the viewer has joined anew or is not joining any more. */
  join(): (snapshot: () => Snapshot) => void {
    if (this.#state === 'gone') return () => undefined;
    this.#enter('joining');
    const joining = (this.#joining = Symbol('join'));
    return (snapshot) => {
      if (this.#state !== 'joining' || this.#joining !== joining) return;
      this.#state = 'live';
      this.#window.reset();
      this.#stalled = false;
      this.#sendSnapshot(snapshot());
      this.#drain();
    };
  }

  /** Output, in batches of whole characters. */
  push(batch: Uint8Array): void {
    if (this.#state === 'gone' || this.#state === 'behind') return;
    if (this.#queued + batch.length > MAX_QUEUED) {
      this.#enter('behind');
      return;
    }
    this.#queue.push(batch);
    this.#queued += batch.length;
    this.#drain();
  }

  /** A message that keeps its place among the output. */
  send(message: ServerMessage): void {
    if (this.#state === 'gone' || this.#state === 'behind') return;
    this.#queue.push(message);
    this.#drain();
  }

  /** What it was sent holds no more; a snapshot is due. */
  renew(): void {
    if (this.#state === 'live') this.#enter('behind');
  }

  /** Tells what went wrong by the viewer's own fault, and closes. */
  refuse(code: string, message: string): void {
    if (this.#state === 'gone') return;
    this.finish({ code: CLOSE.badMessage, reason: code, message: { type: 'error', code, message } });
  }

  /** The viewer has drawn `bytes`. */
  acknowledged(bytes: number): void {
    this.#window.acknowledged(bytes);
    this.#stalled = false;
    this.#drain();
  }

  /** It gets nothing of what is under way, but a snapshot once it is asked to join. */
  skip(): void {
    if (this.#state === 'live') this.#enter('behind');
  }

  /** Nobody waits for this viewer until it acknowledges again; it gets a snapshot then. */
  stall(): void {
    if (!this.#window.full) return;
    this.#stalled = true;
    if (this.#state === 'live') this.#enter('behind');
  }

  /** Says the last words and closes. A viewer that has not been sent everything gets `last`, which stands for all. */
  finish(closing: Closing, last?: () => Snapshot): void {
    if (this.#state === 'gone') return;
    const isComplete = this.#state === 'live' && this.#queue.length === 0;
    this.#enter('gone');
    if (!isComplete && last) this.#sendSnapshot(last());
    if (closing.message) this.#channel.sendMessage(closing.message);
    this.#channel.close(closing.code, closing.reason);
  }

  /** The connection is gone. */
  leave(): void {
    this.#enter('gone');
  }

  #enter(state: State): void {
    this.#state = state;
    this.#queue = [];
    this.#queued = 0;
  }

  #drain(): void {
    if (this.#state !== 'live') return;
    let sent = 0;
    for (const item of this.#queue) {
      if (item instanceof Uint8Array) {
        if (this.#window.full) break;
        this.#window.sent(item.length);
        this.#queued -= item.length;
        this.#channel.sendBytes(item);
      } else this.#channel.sendMessage(item);
      sent++;
    }
    if (sent === this.#queue.length) this.#queue = [];
    else this.#queue.splice(0, sent);
  }

  #sendSnapshot({ cols, rows, data, tail }: Snapshot): void {
    this.#channel.sendMessage({ type: 'snapshot', cols, rows, data });
    if (tail.length === 0) return;
    this.#window.sent(tail.length);
    this.#channel.sendBytes(tail);
  }
}
