/**
 * Shares the event loop among screens that have output to parse, so that a flood in one terminal delays the keystrokes
 * of no other. Knows nothing about terminals.
 */

/** Does one slice of work; returns whether there is more to do. */
export type Work = () => boolean;

/** Runs one slice per turn of the event loop, round robin. */
export class Turns {
  readonly #waiting = new Set<Work>();
  #scheduled = false;

  /** Asks for a turn. A worker that waits already keeps its place. */
  request(work: Work): void {
    this.#waiting.add(work);
    this.#schedule();
  }

  /** Takes back a request. */
  cancel(work: Work): void {
    this.#waiting.delete(work);
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const [next] = this.#waiting;
      if (!next) return;
      this.#waiting.delete(next);
      if (next()) this.#waiting.add(next);
      this.#schedule();
    });
  }
}
