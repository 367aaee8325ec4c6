/** One reader's stream of server-sent events. Knows nothing about what the events mean. */
import { Readable } from 'node:stream';

/** A reader that has not taken this many bytes is dropped; it asks again and gets the state anew. */
export const MAX_BACKLOG = 1024 * 1024;

/** Milliseconds after which a browser asks again when the stream broke off. */
const RETRY_MS = 2000;

export class EventStream {
  /** The bytes to send. */
  readonly readable = new Readable({ read() {} });
  #ended = false;

  constructor() {
    this.#push(`retry: ${RETRY_MS}\n\n`);
  }

  /** Sends an event whose data is JSON. */
  send(event: string, data: unknown): void {
    this.#push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Sends a sign of life that readers ignore. */
  beat(): void {
    this.#push(':\n\n');
  }

  /** Ends the stream after what was sent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.readable.push(null);
  }

  /** Calls back once, when the stream is over, for whatever reason. */
  onClose(listener: () => void): void {
    this.readable.once('close', listener);
  }

  #push(text: string): void {
    if (this.readable.destroyed || this.#ended) return;
    this.readable.push(text);
    if (this.readable.readableLength > MAX_BACKLOG) this.readable.destroy();
  }
}
