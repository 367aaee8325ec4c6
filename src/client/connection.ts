/**
 * Keeps one terminal's WebSocket alive across lost connections. Knows nothing about how the terminal is drawn or what
 * the page says meanwhile.
 */
import type { ServerMessage, ViewerMessage } from '../../protocol/messages.ts';
import { MAX_VIEWER_FRAME } from '../../protocol/wire.ts';
import { backoff } from './backoff.ts';
import { afterClose } from './close-codes.ts';
import type { Lost } from './close-codes.ts';
import type { Trouble } from './lab-state.ts';
import { parseServerMessage } from './server-message.ts';

/** Milliseconds until an attempt to connect counts as failed. */
const OPEN_DEADLINE = 10_000;
/** Milliseconds that a connection must live before the waits between attempts start small again. */
const STABLE_AFTER = 5000;
/** Milliseconds of silence after input before the connection is suspected dead: shells echo at once. */
const SILENCE = 10_000;
/** Milliseconds after which an attempt that has not opened is given up for a new one when the network is back. */
const HANGS_AFTER = 300;
/** Milliseconds that exchanging a suspect connection may take before it is reported as lost. */
const QUIET_FOR = 1000;
/** Bytes of input that may wait in the browser. A paste beyond that is refused as a whole. */
export const MAX_WAITING = 1024 * 1024;

/** What to do after a refusal: `retry` now and then, or `wait` until `connect` is called. */
export interface Advice {
  readonly go: 'retry' | 'wait';
  readonly trouble: Trouble;
}

/** Called by the connection. */
export interface ConnectionHandlers {
  /** Output, in order. */
  bytes(data: Uint8Array): void;
  message(message: ServerMessage): void;
  /** The connection was lost and is tried again; `attempt` counts the attempts since, the next one included. */
  lost(trouble: Lost, attempt: number): void;
  /** The terminal is no more; nothing is tried until `connect`. */
  stopped(cause: 'ended' | 'gone'): void;
  /** Asked when the server refused to open the terminal: finds out why. Must not reject. */
  inquire(): Promise<Advice>;
}

/** What the connection needs of its surroundings. */
export interface ConnectionDeps {
  /** Opens a socket for one attempt, with `binaryType` "arraybuffer". */
  open(): WebSocket;
  /** Says when to try at once; see `onWake`. Returns the function that ends it. */
  wake(listener: (slept: boolean) => void): () => void;
  readonly handlers: ConnectionHandlers;
}

/** A connection that comes back by itself. Build once; `connect` and `disconnect` as often as needed. */
export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #offWake: () => void;
  #wanted = false;
  #socket: WebSocket | undefined;
  #failures = 0;
  /** When the latest attempt began. */
  #attemptedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Runs while a suspect connection is exchanged and its loss is not reported yet. */
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each attempt, so that a late answer to `inquire` is known as such. */
  #attempts = 0;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#offWake = deps.wake((slept) => this.#woken(slept));
  }

  /** Whether input can be sent. */
  get open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Connects unless connected, and keeps connected until `disconnect` or the terminal's end. */
  connect(): void {
    this.#wanted = true;
    if (!this.#socket) this.#attempt();
  }

  /** Closes the connection and tries no more. The terminal goes on on the server. */
  disconnect(): void {
    this.#wanted = false;
    this.#attempts += 1;
    this.#clearTimers();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  /** Ends the connection for good. */
  dispose(): void {
    this.disconnect();
    this.#offWake();
  }

  /** Sends input whole, or nothing of it: where not connected, or where more than `MAX_WAITING` would wait. */
  send(data: Uint8Array): 'sent' | 'not-connected' | 'too-much' {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) {
      // Keys do not vanish quietly: the learner sees why.
      if (this.#quiet !== undefined) this.#reportLost('connection');
      return 'not-connected';
    }
    if (socket.bufferedAmount + data.length > MAX_WAITING) return 'too-much';
    for (let start = 0; start < data.length; start += MAX_VIEWER_FRAME) {
      // A copy: the types want a plain ArrayBuffer, and input is small.
      socket.send(new Uint8Array(data.subarray(start, start + MAX_VIEWER_FRAME)));
    }
    this.#silence ??= setTimeout(() => this.#exchange(), SILENCE);
    return 'sent';
  }

  /** Sends a control message; does nothing where not connected, since the next snapshot makes it void. */
  sendMessage(message: ViewerMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #attempt(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#attempts += 1;
    this.#attemptedAt = Date.now();
    const socket = this.#deps.open();
    this.#socket = socket;
    let openedAt: number | undefined;
    const deadline = setTimeout(() => this.#closed(socket, 1006, openedAt), OPEN_DEADLINE);
    socket.addEventListener('open', () => {
      clearTimeout(deadline);
      openedAt = Date.now();
    });
    socket.addEventListener('message', (event: MessageEvent<string | ArrayBuffer>) => {
      if (socket === this.#socket) this.#heard(event.data);
    });
    socket.addEventListener('close', (event) => {
      clearTimeout(deadline);
      this.#closed(socket, event.code, openedAt);
    });
  }

  #heard(data: string | ArrayBuffer): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#quiet);
    this.#silence = undefined;
    this.#quiet = undefined;
    if (typeof data !== 'string') return this.#deps.handlers.bytes(new Uint8Array(data));
    const message = parseServerMessage(data);
    if (message) this.#deps.handlers.message(message);
  }

  #closed(socket: WebSocket, code: number, openedAt: number | undefined): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    socket.close();
    if (!this.#wanted) return;
    if (openedAt !== undefined && Date.now() - openedAt > STABLE_AFTER) this.#failures = 0;
    if (openedAt === undefined) return void this.#afterRefusal();
    const after = afterClose(code);
    if (after === 'ended' || after === 'gone') {
      this.disconnect();
      this.#deps.handlers.stopped(after);
      return;
    }
    this.#reportLost(after);
    this.#schedule();
  }

  /** An upgrade that fails tells the page nothing about why: asks. */
  async #afterRefusal(): Promise<void> {
    const attempt = this.#attempts;
    const advice = await this.#deps.handlers.inquire();
    if (attempt !== this.#attempts || !this.#wanted) return;
    if (advice.go === 'wait') return this.disconnect();
    // A few refusals may be a matter of timing, such as a server that is just starting; they are no news by themselves.
    const news = advice.trouble !== 'blocked' || this.#failures >= 3;
    if (news) this.#reportLost(advice.trouble);
    else if (this.#quiet !== undefined) this.#reportLost('connection');
    this.#schedule();
  }

  #schedule(): void {
    this.#retry = setTimeout(() => this.#attempt(), backoff(this.#failures));
    this.#failures += 1;
  }

  #woken(slept: boolean): void {
    if (!this.#wanted) return;
    const hangs = !this.open && Date.now() - this.#attemptedAt > HANGS_AFTER;
    // Waiting for the next attempt, or for an answer that the network may have swallowed.
    if (this.#retry !== undefined || (slept && hangs)) {
      this.#failures = 0;
      const stuck = this.#socket;
      this.#attempt();
      stuck?.close();
    } else if (slept) this.#exchange();
  }

  /** Replaces a connection that may be dead; says nothing about it if the new one answers soon. */
  #exchange(): void {
    const suspect = this.#socket;
    if (suspect?.readyState !== WebSocket.OPEN) return;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#quiet ??= setTimeout(() => this.#reportLost('connection'), QUIET_FOR);
    this.#attempt();
    suspect.close(1000);
  }

  #reportLost(trouble: Lost): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    if (this.#wanted) this.#deps.handlers.lost(trouble, this.#failures + 1);
  }

  #clearTimers(): void {
    for (const timer of [this.#retry, this.#silence, this.#quiet]) clearTimeout(timer);
    this.#retry = undefined;
    this.#silence = undefined;
    this.#quiet = undefined;
  }
}
