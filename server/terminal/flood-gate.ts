/**
 * Shares the machine among terminals that print without pause, so that whoever types in another one does not wait for
 * them. Knows nothing about terminals but how much they print.
 */
import { availableParallelism } from 'node:os';

/** Bytes a second that floods get for each processor, all together. One processor carries some 7 MB/s, with all that the
 * engine and the kernel do for it, so this leaves two thirds of the machine to others. */
const RATE_EACH = 2 * 1024 * 1024;

/** Bytes that a terminal may owe before it counts as a flood and waits. */
const FREE = 64 * 1024;

/** Bytes that count at most, so that nobody waits long for what is over. */
const MOST = 2 * FREE;

const TICK_MS = 10;

/** One terminal's way through the gate. */
export class Passage {
  /** What it has printed and not yet waited for. */
  debt = 0;
  /** From too much debt until there is none. */
  isFlood = false;
  /** Whether it should wait. */
  held = false;
  readonly #spent: (bytes: number) => void;
  readonly #leave: () => void;

  constructor(spent: (bytes: number) => void, leave: () => void) {
    this.#spent = spent;
    this.#leave = leave;
  }

  /** Records output. */
  spent(bytes: number): void {
    this.#spent(bytes);
  }

  /** Forgets what was printed, and waits no longer. */
  leave(): void {
    this.#leave();
  }
}

/** A flood alone has the whole machine; several share what is left to them, each the same. */
export class FloodGate {
  readonly #owing = new Map<Passage, () => void>();
  /** Bytes for each tick, for all floods together. */
  readonly #budget: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(processors = availableParallelism()) {
    this.#budget = (RATE_EACH * processors * TICK_MS) / 1000;
  }

  /** A way for one terminal. `changed` is called when `held` has become another, but not by `leave`. */
  open(changed: () => void): Passage {
    const passage = new Passage(
      (bytes) => {
        passage.debt = Math.min(MOST, passage.debt + bytes);
        if (passage.debt > FREE) passage.isFlood = true;
        this.#owing.set(passage, changed);
        this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref();
        this.#hold(passage, changed);
      },
      () => {
        passage.debt = 0;
        passage.isFlood = false;
        passage.held = false;
        this.#owing.delete(passage);
      },
    );
    return passage;
  }

  get #floods(): number {
    let floods = 0;
    for (const { isFlood } of this.#owing.keys()) if (isFlood) floods++;
    return floods;
  }

  #tick(): void {
    const share = this.#budget / Math.max(1, this.#floods);
    for (const passage of this.#owing.keys()) {
      passage.debt = Math.max(0, passage.debt - share);
      if (passage.debt === 0) passage.isFlood = false;
    }
    for (const [passage, changed] of this.#owing) {
      this.#hold(passage, changed);
      if (passage.debt === 0) this.#owing.delete(passage);
    }
    if (this.#owing.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #hold(passage: Passage, changed: () => void): void {
    const held = passage.debt > FREE && this.#floods > 1;
    if (held === passage.held) return;
    passage.held = held;
    changed();
  }
}
