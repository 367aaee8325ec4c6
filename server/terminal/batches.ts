/**
 * Gathers a program's output into batches: at once when it was quiet, so that the echo of a keystroke is not delayed;
 * few and large in a flood. Knows nothing about what becomes of them.
 */
import { incompleteCharacter } from './characters.ts';

/** Largest batch, in bytes: small enough that drawing one takes a browser a few milliseconds. */
export const MAX_BATCH = 32 * 1024;

/** After a batch, further output waits this long for company. Well below a frame of a display. */
const GATHER_MS = 3;

/** Passes on what is pushed, in order, in batches of whole UTF-8 characters. The emulator's decoder needs that: it
 * loses characters such as "…" where two writes divide them after a byte 0x80. */
export class Batches {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #last = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  readonly #emit: (batch: Uint8Array) => void;

  constructor(emit: (batch: Uint8Array) => void) {
    this.#emit = emit;
  }

  /** Takes over a chunk, which must not change afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes >= MAX_BATCH || performance.now() - this.#last >= GATHER_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Passes on all that waits, but for a character whose end has not come. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#bytes === 0) return;
    this.#last = performance.now();
    const all =
      this.#chunks.length === 1 ? (this.#chunks[0] as Uint8Array) : concat(this.#chunks, this.#bytes);
    const rest = incompleteCharacter(all);
    this.#chunks = rest === 0 ? [] : [all.slice(all.length - rest)];
    this.#bytes = rest;
    let start = 0;
    const end = all.length - rest;
    while (start < end) {
      let stop = Math.min(start + MAX_BATCH, end);
      if (stop < end) stop -= incompleteCharacter(all.subarray(start, stop));
      this.#emit(all.subarray(start, stop));
      start = stop;
    }
  }

  /** Ends the waiting. What has not been passed on is dropped. */
  close(): void {
    clearTimeout(this.#timer);
    this.#chunks = [];
    this.#bytes = 0;
  }
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
