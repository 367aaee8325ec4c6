/** Ends a sandbox that nobody has looked at for long. Knows nothing about terminals: it is told whether one is watched. */

/** A sandbox that may end early. */
export interface Idler {
  readonly id: string;
  readonly generation: number;
  /** Minutes that it may go unwatched; 0: any number. */
  readonly idleMinutes: number;
}

export interface IdleGuardDeps {
  /** Those that somebody works in. */
  sandboxes(): readonly Idler[];
  /** Whether anybody looks at one of its terminals. */
  watched(sandbox: Idler): boolean;
  /** Ends one, for a reason that its learner reads. */
  end(sandbox: Idler, reason: string): void;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** Between two looks; the end comes that much too late at most. */
const LOOK_MS = 20_000;
const MINUTE = 60_000;

export class IdleGuard {
  readonly #deps: IdleGuardDeps;
  readonly #clock: () => number;
  /** When each was seen watched last, or seen at all first: a reset and a restart of the server count as a look. */
  readonly #watchedAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: IdleGuardDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? Date.now;
  }

  /** Begins to look. */
  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Looks once, and ends what has gone unwatched for too long. */
  look(): void {
    const now = this.#clock();
    const seen = new Set<string>();
    for (const sandbox of this.#deps.sandboxes()) {
      if (sandbox.idleMinutes === 0) continue;
      const key = `${sandbox.id}/${sandbox.generation}`;
      seen.add(key);
      const since = this.#watchedAt.get(key);
      if (since === undefined || this.#deps.watched(sandbox)) this.#watchedAt.set(key, now);
      else if (now - since >= sandbox.idleMinutes * MINUTE) {
        this.#deps.end(sandbox, `Nobody looked at the lab for ${sandbox.idleMinutes} minutes.`);
      }
    }
    for (const key of this.#watchedAt.keys()) if (!seen.has(key)) this.#watchedAt.delete(key);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
