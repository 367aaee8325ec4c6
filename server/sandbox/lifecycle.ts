/** Moves a learner's sandbox from one state to the next. Knows nothing about who may ask for which move. */
import type { Logger } from 'pino';
import type { Lab } from '../../protocol/lab.ts';
import { toDrydockError, type DrydockError } from '../errors.ts';
import type { ClaimStore } from './claims.ts';
import { raced } from './deadline.ts';
import { Disposal } from './disposal.ts';
import type { Sandbox } from './engine.ts';
import type { Entry, LessonScene } from './entry.ts';
import { Expiry } from './expiry.ts';
import type { StartProgress } from './labs.ts';
import { Listeners } from './listeners.ts';
import { openSandbox, type OpeningDeps } from './opening.ts';
import { hasEnded, type Slot, type Slots } from './slots.ts';

export interface LifecycleDeps {
  readonly pool: OpeningDeps['pool'];
  readonly labs: { settings(name: string): Lab };
  readonly claims: ClaimStore;
  prepareScene(sandbox: Sandbox, lesson: LessonScene, signal: AbortSignal): Promise<void>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** A start that takes longer answers with the state `starting`. */
const ANSWER_WITHIN_MS = 3000;
/** How long an ended or failed one can still be read. */
const READABLE_MS = 10 * 60_000;
export const WAITING_FOR_ENGINE = { state: 'starting', step: 'waiting for the engine' } as const;
export const TIME_IS_UP = "The lab's time is up.";

/** How a start went. */
export interface Readiness {
  readonly lab: string;
  /** Whether a warm sandbox was given. */
  readonly warm: boolean;
  /** Milliseconds from asking for it until it was ready. */
  readonly ms: number;
}

interface StartControl {
  readonly after: Promise<void> | undefined;
  readonly signal: AbortSignal;
  readonly report: (progress: StartProgress) => void;
}

export class Lifecycle {
  /** Tells ten and two minutes before an entry ends. */
  readonly expirings: Listeners<Entry>;
  /** Tells of every start that came to a ready sandbox. */
  readonly readies: Listeners<Readiness>;
  readonly #deps: LifecycleDeps;
  readonly #slots: Slots;
  readonly #disposal: Disposal;
  readonly #expiry: Expiry;

  constructor(deps: LifecycleDeps, slots: Slots) {
    this.#deps = deps;
    this.#slots = slots;
    this.expirings = new Listeners(deps.log);
    this.readies = new Listeners(deps.log);
    this.#disposal = new Disposal({ log: deps.log, onGone: (engineId) => deps.claims.remove(engineId) });
    this.#expiry = new Expiry({
      clock: deps.clock,
      onWarning: (id) => this.#withSlot(id, (slot) => this.expirings.emit(slot.entry)),
      onEnd: (id) => this.#withSlot(id, (slot) => this.stop(slot, { state: 'ended', reason: TIME_IS_UP })),
    });
  }

  /** When a sandbox of the lab ends that starts, or is extended, at this moment. Throws `lab-unavailable`. */
  expiryFromNow(lab: string): Date {
    return new Date(this.#deps.clock() + this.#lifetimeMs(lab));
  }

  /** Starts a sandbox for the slot, which is `starting`, when `after` has resolved. Resolves when the learner can be
   * answered, rejects with what made it fail before that. */
  open(slot: Slot, lesson: LessonScene, after: Promise<void> | undefined): Promise<void> {
    const abort = new AbortController();
    const answer = Promise.withResolvers<void>();
    const timer = setTimeout(answer.resolve, ANSWER_WITHIN_MS);
    const report = (progress: StartProgress): void => {
      if (abort.signal.aborted) return;
      this.#slots.change(slot, { state: 'starting', ...progress });
      answer.resolve();
    };
    const over = this.#run(slot, lesson, { after, signal: abort.signal, report })
      .then(answer.resolve, (error: unknown) => {
        if (!abort.signal.aborted) this.#fail(slot, error);
        answer.reject(error);
      })
      .finally(() => clearTimeout(timer));
    slot.start = { abort, answered: answer.promise, over };
    // A failure after the answer is told by the state; nobody may be waiting for this promise then.
    answer.promise.catch(() => undefined);
    return answer.promise;
  }

  async #run(slot: Slot, lesson: LessonScene, { after, signal, report }: StartControl): Promise<void> {
    if (after) {
      report(WAITING_FOR_ENGINE);
      await raced(after, signal);
    }
    const began = this.#deps.clock();
    const opened = await openSandbox(
      { ...this.#deps, discard: (sandbox) => void this.discard(sandbox) },
      {
        claim: slot.entry,
        lifetimeMs: this.#lifetimeMs(lesson.lab),
        signal,
        onProgress: report,
        prepare: (sandbox, bounded) => this.#deps.prepareScene(sandbox, lesson, bounded),
      },
    );
    if (signal.aborted) {
      void this.discard(opened.sandbox);
      throw signal.reason;
    }
    this.ready(slot, opened.sandbox, opened.expiresAt);
    const { id, lab } = slot.entry;
    const readiness = { lab, warm: opened.warm, ms: this.#deps.clock() - began };
    this.#deps.log.info({ id, ...readiness }, 'a sandbox is ready');
    this.readies.emit(readiness);
  }

  /** The sandbox is the learner's to use. */
  ready(slot: Slot, sandbox: Sandbox, expiresAt: Date): void {
    slot.sandbox = sandbox;
    slot.engineId = sandbox.info.id;
    slot.start = undefined;
    this.#expiry.set(slot.entry.id, expiresAt);
    this.#slots.change(slot, { state: 'ready', expiresAt });
  }

  #fail(slot: Slot, cause: unknown): void {
    const error = toDrydockError(cause);
    const { id, lab } = slot.entry;
    this.#deps.log.error({ err: error, id, lab }, 'a sandbox could not be started');
    const reason = error.code === 'internal' ? 'The lab could not be started. Try again.' : error.message;
    this.stop(slot, { state: 'failed', reason }, error);
  }

  /** Into one of the final states, in which it is kept for a while. */
  stop(slot: Slot, final: { state: 'ended' | 'failed'; reason: string }, error?: DrydockError): void {
    const destroy = this.release(slot);
    slot.error = error;
    this.#slots.forgetAfter(slot, READABLE_MS);
    this.#slots.change(slot, final);
    void destroy();
  }

  /** Takes the sandbox from the slot and ends its start. From here on nobody gets it any more; the returned function
   * destroys it, which is for after those concerned have been told. */
  release(slot: Slot): () => Promise<void> {
    const { sandbox, engineId } = slot;
    slot.start?.abort.abort(hasEnded());
    clearTimeout(slot.forgetting);
    this.#expiry.clear(slot.entry.id);
    slot.sandbox = slot.engineId = slot.start = slot.error = undefined;
    if (engineId !== undefined) this.#markDiscarded(engineId);
    return async () => sandbox && this.discard(sandbox);
  }

  /** Nobody gets it any more; it is destroyed. Resolves after the first attempt, never rejects. */
  discard(sandbox: Sandbox): Promise<void> {
    this.#markDiscarded(sandbox.info.id);
    return this.#disposal.dispose(sandbox);
  }

  #markDiscarded(engineId: string): void {
    try {
      this.#deps.claims.update(engineId, { state: 'discarded' });
    } catch (error) {
      this.#deps.log.error({ err: error, engineId }, 'a discarded sandbox could not be noted; will continue');
    }
  }

  /** Moves its end. */
  extend(slot: Slot): void {
    const expiresAt = this.expiryFromNow(slot.entry.lab);
    if (slot.engineId !== undefined) this.#deps.claims.update(slot.engineId, { expiresAt });
    this.#expiry.set(slot.entry.id, expiresAt);
    this.#slots.change(slot, { state: 'ready', expiresAt });
  }

  /** Ends what is being started, with `reason`, and all timers. Ready sandboxes go on running. */
  async close(reason: unknown): Promise<void> {
    this.#expiry.close();
    const starts = this.#slots.all().map(async ({ start, forgetting }) => {
      clearTimeout(forgetting);
      start?.abort.abort(reason);
      await start?.over;
    });
    await Promise.all(starts);
    await this.#disposal.close();
  }

  #withSlot(id: string, act: (slot: Slot) => void): void {
    const slot = this.#slots.get(id);
    if (slot) act(slot);
  }

  #lifetimeMs(lab: string): number {
    return this.#deps.labs.settings(lab).lifetimeMinutes * 60_000;
  }
}
