/** Lets so many run at a time as there is room for. Knows nothing about what runs. */

interface Waiting {
  readonly memoryMb: number;
  readonly go: () => void;
}

/** Processors and memory of this machine. Whoever comes first goes first; one alone always goes. */
export class Room {
  readonly #places: number;
  readonly #memoryMb: number;
  readonly #waiting: Waiting[] = [];
  #taken = 0;
  #takenMb = 0;

  constructor({ places, memoryMb }: { places: number; memoryMb: number }) {
    this.#places = places;
    this.#memoryMb = memoryMb;
  }

  /** Runs it once there is room. Rejects with the signal's reason when that is aborted before. */
  async within<T>(memoryMb: number, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ memoryMb, go: resolve });
      this.#next();
    });
    try {
      signal.throwIfAborted();
      return await run();
    } finally {
      this.#taken--;
      this.#takenMb -= memoryMb;
      this.#next();
    }
  }

  #next(): void {
    const first = this.#waiting[0];
    if (!first) return;
    const fits = this.#taken < this.#places && this.#takenMb + first.memoryMb <= this.#memoryMb;
    if (!fits && this.#taken > 0) return;
    this.#waiting.shift();
    this.#taken++;
    this.#takenMb += first.memoryMb;
    first.go();
    this.#next();
  }
}
