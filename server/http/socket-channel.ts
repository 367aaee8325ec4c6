/** A viewer's WebSocket as the terminal sees it. Knows nothing about how sockets come about, nor about sandboxes. */
import type { RawData, WebSocket } from 'ws';
import {
  CLOSE,
  viewerMessageSchema,
  type ServerMessage,
  type ViewerMessage,
} from '../../protocol/messages.ts';
import type { DrydockError } from '../errors.ts';
import type { Channel, Viewer } from '../terminal/terminals.ts';
import { meaningOf } from './errors.ts';
import { faultsOf, inWords } from './explain.ts';

/** What may wait in the server beside the latest snapshot. Flow control keeps far below this; whoever exceeds it
 * acknowledges what it does not read. */
const MAX_BUFFERED = 1024 * 1024;

/** Bytes of UTF-8 that a close frame has room for. */
const MAX_REASON = 123;

/** How a failure before or while attaching ends the connection. */
const CLOSE_CODES: Partial<Record<DrydockError['code'], number>> = {
  'not-found': CLOSE.notFound,
  conflict: CLOSE.ended,
  'engine-unavailable': CLOSE.engineUnavailable,
  timeout: CLOSE.engineUnavailable,
};

export class SocketChannel implements Channel {
  readonly #socket: WebSocket;
  /** Of the latest snapshot, in bytes: a large screen in many colours takes several MB. */
  #snapshot = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Whether it still can be sent to. */
  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  sendBytes(data: Uint8Array): void {
    this.#send(data, true);
  }

  sendMessage(message: ServerMessage): void {
    const frame = Buffer.from(JSON.stringify(message));
    if (message.type === 'snapshot') this.#snapshot = frame.length;
    this.#send(frame, false);
  }

  close(code: number, reason: string): void {
    // A paused socket would not see the viewer's answer.
    this.#socket.resume();
    this.#socket.close(code, shorten(reason));
  }

  /** Tells the viewer what went wrong, then closes with the code that fits. Our own faults stay unnamed. */
  fail(error: unknown): void {
    const { code, message } = meaningOf(error);
    this.sendMessage({ type: 'error', code, message: code === 'internal' ? 'The server failed.' : message });
    this.close(CLOSE_CODES[code] ?? CLOSE.internal, code);
  }

  #send(data: Uint8Array, binary: boolean): void {
    if (!this.open) return;
    this.#socket.send(data, { binary });
    if (this.#socket.bufferedAmount > MAX_BUFFERED + this.#snapshot) this.#socket.terminate();
  }
}

/** Passes each frame on to the viewer, in order and at once. A malformed message ends the connection, not the terminal. */
export function readFrames(socket: WebSocket, channel: SocketChannel, viewer: Viewer): void {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!channel.open) return;
    // With the default `binaryType` it is a Buffer always.
    const frame = data as Buffer;
    if (isBinary) return viewer.input(frame);
    const read = readMessage(frame.toString());
    if (read.fault !== undefined) {
      channel.sendMessage({ type: 'error', code: 'bad-message', message: read.fault });
      channel.close(CLOSE.badMessage, 'bad-message');
    } else {
      viewer.message(read.message);
    }
  });
}

type Read = { fault: string } | { fault?: undefined; message: ViewerMessage };

function readMessage(text: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'expected JSON in a text frame, found something else' };
  }
  const result = viewerMessageSchema.safeParse(json);
  return result.success ? { message: result.data } : { fault: inWords(faultsOf(result.error, json)) };
}

function shorten(reason: string): string {
  const bytes = Buffer.from(reason);
  // A character cut in two at the end is dropped.
  return bytes.length <= MAX_REASON
    ? reason
    : bytes
        .subarray(0, MAX_REASON)
        .toString()
        .replace(/\uFFFD+$/, '');
}
