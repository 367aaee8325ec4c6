/**
 * One drawn terminal that stays connected to a sandbox: joins connection and view. Knows nothing about labs' states and
 * about other terminals.
 */
import { AckCounter } from '../../protocol/flow.ts';
import type { ServerMessage, Size } from '../../protocol/messages.ts';
import { SUBPROTOCOL } from '../../protocol/wire.ts';
import type { Lost } from './close-codes.ts';
import { Connection } from './connection.ts';
import type { Advice } from './connection.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { TerminalView } from './terminal-view.ts';
import type { ViewHandlers } from './terminal-view.ts';
import { onWake } from './wake.ts';

/** Called by the session. */
export interface SessionHandlers extends Pick<ViewHandlers, 'key' | 'titled' | 'bell'> {
  /** The screen is there and takes input; again after each reconnection. */
  drawn(): void;
  /** See `ConnectionHandlers`. */
  lost(trouble: Lost, attempt: number): void;
  /** `exited`: its shell ended while the sandbox goes on; a fresh one comes with `connect`. */
  stopped(cause: 'ended' | 'gone' | 'exited'): void;
  inquire(): Promise<Advice>;
  /** Input was not sent. */
  refused(why: 'not-connected' | 'too-much'): void;
}

/** A terminal in the page, for one sandbox after the other. */
export class TerminalSession {
  readonly name: string;
  readonly view: TerminalView;
  readonly #connection: Connection;
  readonly #handlers: SessionHandlers;
  #sandbox = '';
  readonly #acks = new AckCounter();
  /** Grows with each snapshot: what was given to draw before it is not acknowledged after it. */
  #epoch = 0;
  /** The size of the window as the server knows it. */
  #told: Size = { cols: 0, rows: 0 };
  /** Its shell has ended, as the server said before it closed the connection. */
  #exited = false;

  private constructor(name: string, view: TerminalView, handlers: SessionHandlers) {
    this.name = name;
    this.view = view;
    this.#handlers = handlers;
    this.#connection = this.#build();
  }

  /** Opens the terminal called `name` in `screen`. It shows nothing until `connect`. */
  static async open(
    screen: HTMLElement,
    name: string,
    { settings, handlers }: { settings: TerminalSettings; handlers: SessionHandlers },
  ): Promise<TerminalSession> {
    let session: TerminalSession | undefined;
    const view = await TerminalView.open(screen, settings, {
      input: (data) => void session?.send(data),
      measured: (size) => {
        if (session) session.#measured(size);
      },
      live: () => session?.live === true,
      key: (key) => handlers.key(key),
      titled: (title) => handlers.titled(title),
      bell: () => handlers.bell(),
    });
    session = new TerminalSession(name, view, handlers);
    return session;
  }

  /** Whether input can be sent. */
  get live(): boolean {
    return this.#connection.open;
  }

  /** Sends input whole or not at all; says so where it was not. Returns whether it was sent. */
  send(data: Uint8Array): boolean {
    const outcome = this.#connection.send(data);
    if (outcome !== 'sent') this.#handlers.refused(outcome);
    return outcome === 'sent';
  }

  /** Connects to the sandbox and stays connected. Calling it again does no harm. */
  connect(sandbox: string): void {
    if (sandbox !== this.#sandbox) this.#connection.disconnect();
    this.#sandbox = sandbox;
    this.#exited = false;
    this.#connection.connect();
  }

  /** Empties screen and scrollback but for the cursor's line, on the server as well where connected. */
  clear(): void {
    if (this.live) this.#connection.sendMessage({ type: 'clear' });
    else this.view.emulator.clear();
  }

  /** Keeps the screen, lets the connection go. */
  disconnect(): void {
    this.view.hold();
    this.#connection.disconnect();
  }

  dispose(): void {
    this.#connection.dispose();
    this.view.dispose();
  }

  #build(): Connection {
    return new Connection({
      open: () => {
        const { cols, rows } = (this.#told = this.view.size);
        const path = `/api/sandboxes/${encodeURIComponent(this.#sandbox)}/terminals/${encodeURIComponent(this.name)}`;
        const url = new URL(path, location.href);
        url.protocol = url.protocol.replace('http', 'ws');
        url.search = `cols=${cols}&rows=${rows}`;
        const socket = new WebSocket(url, SUBPROTOCOL);
        socket.binaryType = 'arraybuffer';
        return socket;
      },
      wake: onWake,
      handlers: {
        bytes: (data) => this.#draw(data),
        message: (message) => this.#heard(message),
        lost: (trouble, attempt) => {
          this.view.hold();
          this.#handlers.lost(trouble, attempt);
        },
        stopped: (cause) => {
          this.view.hold();
          this.#handlers.stopped(cause === 'ended' && this.#exited ? 'exited' : cause);
        },
        inquire: () => this.#handlers.inquire(),
      },
    });
  }

  /** Tells the server when the window has room for another size; the terminal's own size comes from there. */
  #measured(size: Size): void {
    const { cols, rows } = this.#told;
    if (!this.live || (size.cols === cols && size.rows === rows)) return;
    this.#told = size;
    this.#connection.sendMessage({ type: 'resize', ...size });
  }

  #draw(data: Uint8Array): void {
    const drawnIn = this.#epoch;
    this.view.draw(data, () => {
      const due = drawnIn === this.#epoch ? this.#acks.drawn(data.length) : 0;
      if (due > 0) this.#connection.sendMessage({ type: 'ack', bytes: due });
    });
  }

  #heard(received: ServerMessage): void {
    if (received.type === 'resize') this.view.resize(received);
    if (received.type === 'exit') this.#exited = received.reason === 'shell-exited';
    if (received.type !== 'snapshot') return;
    this.#epoch += 1;
    this.#acks.reset();
    this.view.replace(received, received.data, () => {
      if (!this.live) return;
      this.#handlers.drawn();
      // The learner's window may have changed since the snapshot was asked for.
      this.view.release();
    });
  }
}
