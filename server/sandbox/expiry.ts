/** Tells when something's time is nearly up and when it is. Knows nothing about what it is. */

/** Milliseconds before the end at which a warning is given. */
const WARNINGS = [10 * 60_000, 2 * 60_000] as const;

export interface ExpiryDeps {
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  onWarning(id: string): void;
  onEnd(id: string): void;
}

/** One timer for each id. A warning that lies in the past when the time is set is not given. */
export class Expiry {
  readonly #deps: ExpiryDeps;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(deps: ExpiryDeps) {
    this.#deps = deps;
  }

  /** Sets or moves the end. One in the past has its end told soon after this call. */
  set(id: string, at: Date): void {
    this.clear(id);
    const now = this.#deps.clock();
    const end = at.getTime();
    const next = WARNINGS.map((ahead) => end - ahead).find((warning) => warning > now) ?? end;
    const timer = setTimeout(() => this.#reached(id, { next, at }), Math.max(0, next - now));
    timer.unref();
    this.#timers.set(id, timer);
  }

  clear(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  close(): void {
    for (const id of this.#timers.keys()) this.clear(id);
  }

  #reached(id: string, { next, at }: { next: number; at: Date }): void {
    // Timers and the clock may disagree by a little: an early timer waits for the rest.
    if (this.#deps.clock() < next) return this.set(id, at);
    if (next === at.getTime()) {
      this.#timers.delete(id);
      return this.#deps.onEnd(id);
    }
    this.set(id, at);
    this.#deps.onWarning(id);
  }
}
