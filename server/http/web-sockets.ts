/**
 * The WebSockets of the app: handshake, signs of life, and the end of all when the app closes. Knows the subprotocol and
 * the bound of a frame, but nothing about what is sent.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE, MAX_VIEWER_FRAME, SUBPROTOCOL, type ServerMessage } from '../../protocol/messages.ts';
import { DrydockError } from '../errors.ts';

const PING_MS = 30_000;
/** Pings that may stay without any answer. */
const MAX_MISSED = 2;
/** Time for a viewer to answer a close. */
const CLOSE_MS = 2000;

/** What a viewer is told before `ws` itself ends the connection with one of these codes. */
const REFUSALS: Readonly<Record<number, { code: string; message: string }>> = {
  1002: { code: 'bad-message', message: 'Expected frames as RFC 6455 has them.' },
  1007: { code: 'bad-message', message: 'Expected text frames in UTF-8.' },
  [CLOSE.tooBig]: {
    code: 'too-large',
    message: `Expected frames of at most ${MAX_VIEWER_FRAME} bytes, found a larger one.`,
  },
};

/** `ws` closes by itself on frames that break the protocol or its bounds; this one says why before. */
class ViewerSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const refusal = code === undefined || reason !== undefined ? undefined : REFUSALS[code];
    if (refusal && this.readyState === WebSocket.OPEN) {
      this.send(JSON.stringify({ type: 'error', ...refusal } satisfies ServerMessage));
    }
    super.close(code, reason);
  }
}

/** A handshake on its way. */
export interface Handshake {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

export class WebSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    WebSocket: ViewerSocket,
    handleProtocols: () => SUBPROTOCOL,
    // Compression costs memory for each connection and time for each keystroke.
    perMessageDeflate: false,
    maxPayload: MAX_VIEWER_FRAME,
  });
  /** Open sockets, with the pings that each has left unanswered. */
  readonly #missed = new Map<WebSocket, number>();
  readonly #pings: NodeJS.Timeout;

  constructor(pingMs = PING_MS) {
    this.#pings = setInterval(() => this.#pingAll(), pingMs).unref();
  }

  /** Completes the handshake. Throws `invalid` before anything was written if the request is not fit for it. */
  accept({ request, socket, head }: Handshake): WebSocket {
    const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
    if (!offered.includes(SUBPROTOCOL)) {
      throw new DrydockError(
        'invalid',
        `Sec-WebSocket-Protocol: expected ${SUBPROTOCOL}, found ${offered.join(', ') || 'nothing'}`,
      );
    }
    let accepted: WebSocket | undefined;
    let refusal: Error | undefined;
    const onRefusal = (error: Error): void => void (refusal = error);
    this.#server.once('wsClientError', onRefusal);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => (accepted = webSocket));
    this.#server.off('wsClientError', onRefusal);
    if (!accepted) throw new DrydockError('invalid', refusal?.message ?? 'Expected a WebSocket handshake.');
    this.#watch(accepted);
    return accepted;
  }

  /** Closes all with `CLOSE.goingAway` and resolves when they are gone, within two seconds. */
  async close(): Promise<void> {
    clearInterval(this.#pings);
    const sockets = [...this.#missed.keys()];
    const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) {
      socket.resume();
      socket.close(CLOSE.goingAway, 'The server stops.');
    }
    const deadline = setTimeout(() => sockets.forEach((socket) => socket.terminate()), CLOSE_MS);
    await Promise.all(gone);
    clearTimeout(deadline);
  }

  #watch(socket: WebSocket): void {
    this.#missed.set(socket, 0);
    const isAlive = (): unknown => this.#missed.has(socket) && this.#missed.set(socket, 0);
    for (const sign of ['message', 'ping', 'pong'] as const) socket.on(sign, isAlive);
    socket.once('close', () => this.#missed.delete(socket));
  }

  #pingAll(): void {
    for (const [socket, missed] of this.#missed) {
      if (missed >= MAX_MISSED) {
        socket.terminate();
      } else {
        this.#missed.set(socket, missed + 1);
        socket.ping();
      }
    }
  }
}
