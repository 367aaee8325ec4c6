/**
 * Ends a sandbox that holds more on disk than its lab allows; the others go on. Knows nothing about engines beyond
 * their disk meter, nor about who owns which sandbox.
 */
import type { Logger } from 'pino';
import { DrydockError, toDrydockError } from '../errors.ts';
import { pause, within } from './deadline.ts';
import type { DiskMeter } from './engine.ts';

/** A sandbox whose disk use is bounded. */
export interface Bounded {
  /** As others know it. */
  readonly id: string;
  readonly generation: number;
  readonly lab: string;
  /** The engine's own id. */
  readonly engineId: string;
  readonly limitMb: number;
}

export interface DiskGuardDeps {
  readonly meter: DiskMeter;
  /** Those that somebody works in. */
  sandboxes(): readonly Bounded[];
  /** Ends one, for a reason that its learner reads. */
  end(sandbox: Bounded, reason: string): void;
  readonly log: Logger;
  /** Milliseconds between two looks at the free room. */
  readonly lookMs?: number;
}

/** Between two looks at the free room, which costs one system call. */
const LOOK_MS = 1000;
/** Everything is measured when so many bytes of room have gone: less than any lab's limit is not worth the work. */
const STEP = 32 * 1024 * 1024;
/** Everything is measured at least this often: somebody else's clean-up can hide what is written. In looks. */
const CALM_LOOKS = 60;
/** The same where the room cannot be seen from here. */
const BLIND_LOOKS = 5;
/** Milliseconds to count one sandbox. Only one with very many files comes near it. */
const MEASURE_MS = 20_000;
/** Measurements that may pass their deadline one after the other; one may be the fault of a busy disk. */
const SLOW_IN_A_ROW = 2;
const MB = 1024 * 1024;

export class DiskGuard {
  readonly #deps: DiskGuardDeps;
  readonly #closing = new AbortController();
  /** What each was found to hold last, and how much more than before. */
  readonly #last = new Map<string, { used: number; growth: number; slow: number }>();
  /** Most room since the last round. */
  #room = 0;
  #looks = 0;
  #over: Promise<void> | undefined;
  #failing = false;

  constructor(deps: DiskGuardDeps) {
    this.#deps = deps;
  }

  /** Begins to watch; call it once. */
  start(): void {
    this.#over = this.#watch();
  }

  /** Resolves when it has stopped. */
  async close(): Promise<void> {
    this.#closing.abort(new DrydockError('engine-unavailable', 'The server is stopping.'));
    await this.#over;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        // Looked at also while nobody has a sandbox: what the first one writes at once would be part of the measure else.
        if ((await this.#due()) && this.#deps.sandboxes().length > 0) await this.#round();
        this.#failing = false;
      } catch (error) {
        if (!signal.aborted && this.#deps.sandboxes().length > 0) this.#complain(error);
      }
      await pause(this.#deps.lookMs ?? LOOK_MS, signal);
    }
  }

  /** Whether enough has been written, or enough time has passed, to measure the sandboxes. */
  async #due(): Promise<boolean> {
    const room = await this.#deps.meter.room();
    this.#looks++;
    const shrunk = room !== undefined && this.#room - room >= STEP;
    const late = this.#looks >= (room === undefined ? BLIND_LOOKS : CALM_LOOKS);
    this.#room = shrunk || late ? (room ?? 0) : Math.max(this.#room, room ?? 0);
    if (shrunk || late) this.#looks = 0;
    return shrunk || late;
  }

  /** Measures one after the other, those first that grew most the last time. */
  async #round(): Promise<void> {
    const sandboxes = this.#deps.sandboxes();
    const known = new Set(sandboxes.map(({ engineId }) => engineId));
    for (const gone of this.#last.keys()) if (!known.has(gone)) this.#last.delete(gone);
    const growth = ({ engineId }: Bounded): number => this.#last.get(engineId)?.growth ?? 0;
    let failure: unknown;
    for (const sandbox of sandboxes.toSorted((a, b) => growth(b) - growth(a))) {
      this.#closing.signal.throwIfAborted();
      await this.#measure(sandbox).catch((error: unknown) => {
        // An engine that is away fails for all of them; anything else must not keep the others from being measured.
        if (toDrydockError(error).code === 'engine-unavailable') throw error;
        failure ??= error;
      });
    }
    if (failure !== undefined) throw toDrydockError(failure);
  }

  async #measure(sandbox: Bounded): Promise<void> {
    const { engineId, limitMb } = sandbox;
    const before = this.#last.get(engineId) ?? { used: 0, growth: 0, slow: 0 };
    const bound = { ms: MEASURE_MS, what: 'Measuring the disk use', signal: this.#closing.signal };
    try {
      const used = await within(bound, (signal) => this.#deps.meter.used(engineId, signal));
      this.#last.set(engineId, { used, growth: used - before.used, slow: 0 });
      if (used > limitMb * MB) {
        this.#end(sandbox, used, `The lab wrote more than its limit of ${limitMb} MB on disk and was ended.`);
      }
    } catch (error) {
      const { code } = toDrydockError(error);
      if (code === 'not-found') return;
      if (code !== 'timeout' || this.#closing.signal.aborted) throw error;
      const slow = before.slow + 1;
      this.#last.set(engineId, { ...before, slow });
      if (slow >= SLOW_IN_A_ROW) {
        this.#end(sandbox, before.used, 'The lab held more files than can be counted and was ended.');
      }
    }
  }

  #end(sandbox: Bounded, used: number, reason: string): void {
    const { id, lab, limitMb } = sandbox;
    this.#last.delete(sandbox.engineId);
    this.#deps.log.warn(
      { id, lab, usedMb: Math.round(used / MB), limitMb },
      'ended a sandbox for its disk use',
    );
    this.#deps.end(sandbox, reason);
  }

  /** Once, until it works again: this runs every second. */
  #complain(error: unknown): void {
    if (!this.#failing) this.#deps.log.warn({ err: error }, 'disk use cannot be measured, will continue');
    this.#failing = true;
  }
}
