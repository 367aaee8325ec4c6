/** The listening side of a Pty, shared by the engines: early output, order, one exit. Knows nothing about streams. */
import type { Off, Pty } from './engine.ts';

type Exit = Parameters<Parameters<Pty['onExit']>[0]>[0];

/** Bytes of output kept until the first subscriber comes. */
const KEPT_BYTES = 64 * 1024;

/**
 * Keeps the promises of `Pty.onData` and `Pty.onExit` for whoever produces the output. Kept output is delivered right
 * after the first subscription returns; an exit that has happened already is delivered after that.
 */
export class PtyEvents {
  readonly #data = new Set<(data: Uint8Array) => void>();
  readonly #exits = new Set<(exit: Exit) => void>();
  #kept: Uint8Array[] | undefined = [];
  #keptBytes = 0;
  #exit: Exit | undefined;
  #muted = false;

  /** Takes output from the program. After `end` or `mute` it is dropped. */
  push(data: Uint8Array): void {
    if (this.#muted || this.#exit !== undefined || data.length === 0) return;
    if (this.#kept === undefined) {
      for (const listener of [...this.#data]) listener(data);
      return;
    }
    this.#kept.push(data);
    this.#keptBytes += data.length;
    while (this.#keptBytes > KEPT_BYTES) this.#dropOldest(this.#keptBytes - KEPT_BYTES);
  }

  /** The program has ended: no more output follows. Only the first call counts. */
  end(exit: Exit): void {
    if (this.#muted || this.#exit !== undefined) return;
    this.#flush();
    this.#exit = exit;
    for (const listener of [...this.#exits]) this.#tell(listener, exit);
  }

  /** Nobody wants to hear more: neither output nor an exit is delivered from here on. */
  mute(): void {
    this.#muted = true;
    this.#data.clear();
    this.#exits.clear();
    this.#kept = undefined;
  }

  /** See `Pty.onData`. */
  onData(listener: (data: Uint8Array) => void): Off {
    const own = (data: Uint8Array) => listener(data);
    this.#data.add(own);
    queueMicrotask(() => this.#flush());
    return () => this.#data.delete(own);
  }

  /** See `Pty.onExit`. */
  onExit(listener: (exit: Exit) => void): Off {
    const own = (exit: Exit) => listener(exit);
    this.#exits.add(own);
    // Later than the microtask of an `onData` in the same turn, so that kept output comes first.
    if (this.#exit !== undefined) setImmediate(this.#tell.bind(this), own, this.#exit);
    return () => this.#exits.delete(own);
  }

  #tell(listener: (exit: Exit) => void, exit: Exit): void {
    if (!this.#exits.delete(listener)) return;
    listener(exit);
  }

  #flush(): void {
    const kept = this.#kept;
    if (kept === undefined || this.#data.size === 0) return;
    this.#kept = undefined;
    for (const data of kept) for (const listener of [...this.#data]) listener(data);
  }

  #dropOldest(excess: number): void {
    const oldest = this.#kept?.[0];
    if (this.#kept === undefined || oldest === undefined) return;
    if (oldest.length <= excess) this.#kept.shift();
    else this.#kept[0] = oldest.subarray(excess);
    this.#keptBytes -= Math.min(excess, oldest.length);
  }
}
