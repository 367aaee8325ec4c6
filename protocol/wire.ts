/**
 * The numbers and names of the terminal WebSocket. Apart from messages.ts and without zod, so that the page can use
 * them without loading a schema library.
 */

export const SUBPROTOCOL = 'drydock.v1';

/** Terminal sizes outside these bounds are refused: no screen is larger, and memory grows with both. */
export const SIZE_LIMITS = { minCols: 2, maxCols: 500, minRows: 1, maxRows: 200 } as const;

/** Largest frame a viewer may send, in bytes: a generous paste fits; more is closed with `CLOSE.tooBig`. */
export const MAX_VIEWER_FRAME = 64 * 1024;

/** Close codes of the terminal WebSocket, and what a viewer should do then. */
export const CLOSE = {
  /** The server stops or restarts: reconnect. */
  goingAway: 1001,
  /** The viewer sent something malformed: a fault of the viewer, do not repeat it. */
  badMessage: 1008,
  /** The viewer sent a frame larger than `MAX_VIEWER_FRAME`. */
  tooBig: 1009,
  /** The server failed: reconnect. */
  internal: 1011,
  /** The sandbox was reset: reconnect to find the fresh scene. */
  reset: 4205,
  /** The sandbox or the terminal does not exist (any more), or belongs to somebody else: do not reconnect. */
  notFound: 4404,
  /** The terminal has ended, an `exit` message came before: do not reconnect. */
  ended: 4410,
  /** The engine does not answer: reconnect, the sandbox may still be there. */
  engineUnavailable: 4503,
} as const;
