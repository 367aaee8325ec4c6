/**
 * A drawn terminal that stays connected to a sandbox: joins connection and view. Loaded only when a learner wants a
 * terminal. Knows nothing about labs' states.
 */
import { AckCounter } from '../../protocol/flow.ts';
import type { ServerMessage } from '../../protocol/messages.ts';
import { SUBPROTOCOL } from '../../protocol/wire.ts';
import type { Lost } from './close-codes.ts';
import { Connection } from './connection.ts';
import type { Advice } from './connection.ts';
import { TerminalView } from './terminal-view.ts';
import { onWake } from './wake.ts';

/** Called by the terminal. */
export interface TerminalHandlers {
  /** The screen is there and takes input; again after each reconnection. */
  drawn(): void;
  /** See `ConnectionHandlers`. */
  lost(trouble: Lost): void;
  stopped(cause: 'ended' | 'gone'): void;
  inquire(): Promise<Advice>;
  /** Input was not sent. */
  refused(why: 'not-connected' | 'too-much'): void;
  /** The learner wants to leave the terminal with the keyboard. */
  leave(): void;
}

/** A terminal in the page, for one sandbox after the other. */
export interface LiveTerminal {
  /** Connects to the main terminal of the sandbox, and stays connected. Calling it again does no harm. */
  connect(sandbox: string): void;
  /** Keeps the screen, lets the connection go. */
  disconnect(): void;
  focus(): void;
  dispose(): void;
}

/** Opens a terminal that fills `screen`. It shows nothing until `connect`. */
export async function openTerminal(screen: HTMLElement, handlers: TerminalHandlers): Promise<LiveTerminal> {
  let sandbox = '';
  const acks = new AckCounter();
  /** Grows with each snapshot: what was given to draw before it is not acknowledged after it. */
  let epoch = 0;

  const view = await TerminalView.open(screen, {
    input: (data) => {
      const outcome = connection.send(data);
      if (outcome !== 'sent') handlers.refused(outcome);
    },
    resized: (size) => connection.sendMessage({ type: 'resize', ...size }),
    live: () => connection.open,
    leave: () => handlers.leave(),
  });

  const message = (received: ServerMessage) => {
    if (received.type === 'resize') view.adoptSize(received);
    if (received.type !== 'snapshot') return;
    epoch += 1;
    acks.reset();
    view.replace(received, received.data, () => {
      if (connection.open) handlers.drawn();
    });
    // The learner's window may have changed since the snapshot was asked for.
    view.fit();
  };

  const connection = new Connection({
    open: () => {
      const { cols, rows } = view.size;
      const url = new URL(`/api/sandboxes/${encodeURIComponent(sandbox)}/terminals/main`, location.href);
      url.protocol = url.protocol.replace('http', 'ws');
      url.search = `cols=${cols}&rows=${rows}`;
      const socket = new WebSocket(url, SUBPROTOCOL);
      socket.binaryType = 'arraybuffer';
      return socket;
    },
    wake: onWake,
    handlers: {
      bytes: (data) => {
        const drawnIn = epoch;
        view.draw(data, () => {
          const due = drawnIn === epoch ? acks.drawn(data.length) : 0;
          if (due > 0) connection.sendMessage({ type: 'ack', bytes: due });
        });
      },
      message,
      lost: (trouble) => handlers.lost(trouble),
      stopped: (cause) => handlers.stopped(cause),
      inquire: () => handlers.inquire(),
    },
  });

  return {
    connect: (id) => {
      if (id !== sandbox) connection.disconnect();
      sandbox = id;
      connection.connect();
    },
    disconnect: () => connection.disconnect(),
    focus: () => view.focus(),
    dispose: () => {
      connection.dispose();
      view.dispose();
    },
  };
}
