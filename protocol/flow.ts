/**
 * Flow control of terminal output, shared by both ends so that they cannot drift.
 *
 * The server counts the bytes of binary frames that it sent to a viewer and that the viewer has not yet
 * acknowledged. Above `HIGH_WATER` the viewer gets nothing more until the count falls to `LOW_WATER`; while every
 * viewer of a terminal is full, the program that writes is paused. Snapshots are not counted.
 */

/** Unacknowledged bytes above which a viewer counts as full. Small enough that Ctrl-C in a flood answers at once. */
export const HIGH_WATER = 128 * 1024;

/** Unacknowledged bytes at which a full viewer may receive again. Not zero, so that the pipe never runs dry. */
export const LOW_WATER = 32 * 1024;

/** A viewer acknowledges each time it has drawn this many bytes: few messages, yet well below `LOW_WATER`. */
export const ACK_EVERY = 16 * 1024;

/** The sender's side: how much is under way to one viewer. */
export class SendWindow {
  #unacknowledged = 0;
  #full = false;

  /** True while the viewer must not be sent more. Has hysteresis between the two water marks. */
  get full(): boolean {
    return this.#full;
  }

  /** Records that `bytes` were sent. */
  sent(bytes: number): void {
    this.#unacknowledged += bytes;
    if (this.#unacknowledged > HIGH_WATER) this.#full = true;
  }

  /** Records that the viewer has drawn `bytes`. More than was sent counts as all of it. */
  acknowledged(bytes: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - bytes);
    if (this.#unacknowledged <= LOW_WATER) this.#full = false;
  }

  /** Forgets what is under way: the viewer starts again from a snapshot. */
  reset(): void {
    this.#unacknowledged = 0;
    this.#full = false;
  }
}

/** The viewer's side: turns drawn bytes into few acknowledgements. */
export class AckCounter {
  #drawn = 0;

  /** Records that `bytes` were drawn; returns how many to acknowledge to the server now, 0 for none yet. */
  drawn(bytes: number): number {
    this.#drawn += bytes;
    if (this.#drawn < ACK_EVERY) return 0;
    const due = this.#drawn;
    this.#drawn = 0;
    return due;
  }

  /** Forgets what was drawn: a new connection or a snapshot starts the count again. */
  reset(): void {
    this.#drawn = 0;
  }
}
