/**
 * The learners' sandboxes: who has which, in what state, until when. Knows nothing about terminals, HTTP or backends.
 * Longer than other files because its verbs share one set of rules about what may follow what.
 */
import { randomBytes } from 'node:crypto';
import { DrydockError, toDrydockError } from '../errors.ts';
import { raced, within } from './deadline.ts';
import type { Off, Sandbox, SandboxEngine } from './engine.ts';
import { isRunning, type Entry, type LessonScene } from './entry.ts';
import {
  Lifecycle,
  TIME_IS_UP,
  WAITING_FOR_ENGINE,
  type LifecycleDeps,
  type Readiness,
} from './lifecycle.ts';
import { checkLimits, type Limits } from './limits.ts';
import type { OpeningDeps } from './opening.ts';
import { findRunning } from './restoring.ts';
import { hasEnded, notFound, Slots } from './slots.ts';

export type { Entry, LessonScene } from './entry.ts';

export interface RegistryDeps extends Omit<LifecycleDeps, 'clock'> {
  readonly engine: Pick<SandboxEngine, 'list'>;
  readonly pool: OpeningDeps['pool'] & { adopt(sandbox: Sandbox): void; fill(): void };
  /** The lesson as it stands, for resets; undefined where it is gone. */
  findLesson(id: string): LessonScene | undefined;
  readonly limits: Limits;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

const ALIVE_TIMEOUT_MS = 3000;
const STARTING = { state: 'starting', step: 'starting the sandbox' } as const;

export class Registry {
  readonly #deps: RegistryDeps;
  readonly #clock: () => number;
  readonly #slots: Slots;
  readonly #lifecycle: Lifecycle;
  readonly #closing = new AbortController();
  /** Pending while it is not known what still runs from before a restart; nothing may be started until then. */
  #restored: Promise<void> | undefined;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? Date.now;
    this.#slots = new Slots(deps.log);
    this.#lifecycle = new Lifecycle({ ...deps, clock: this.#clock }, this.#slots);
  }

  /**
   * Finds what still runs: claimed sandboxes become ready again, unclaimed ones go to the pool, others are destroyed;
   * then the pool begins to fill. Called once, before anything is started. Resolves after the first attempt; while the
   * engine does not answer, known sandboxes are `starting` and it is tried again in the background.
   */
  async restore(): Promise<void> {
    const known = Promise.withResolvers<void>();
    this.#restored = known.promise;
    this.#expectClaimed(known.promise);
    const search = await findRunning({
      ...this.#deps,
      clock: this.#clock,
      closing: this.#closing.signal,
      keep: (claim, sandbox) => {
        const slot = this.#slots.get(claim.id);
        if (slot) this.#lifecycle.ready(slot, sandbox, claim.expiresAt);
      },
      discard: (sandbox) => void this.#lifecycle.discard(sandbox),
      finish: (unclaimed) => {
        this.#endUnfound();
        for (const sandbox of unclaimed) this.#deps.pool.adopt(sandbox);
        this.#restored = undefined;
        known.resolve();
        this.#deps.pool.fill();
      },
    });
    void search.over.then(known.resolve);
  }

  /**
   * The learner's sandbox of this lesson, or a new one where there is none that runs. Returns when it is ready or, as
   * soon as it is clear that this takes longer, with the state `starting`. Two calls at the same time give the same
   * one. Throws `busy` at a limit, `lab-unavailable`, or what made the start fail at once.
   */
  async start(learner: string, lesson: LessonScene): Promise<{ entry: Entry; created: boolean }> {
    await this.#endIfDead(learner, lesson.id);
    const known = this.#slots.find(learner, lesson.id);
    if (known && isRunning(known.entry)) {
      await known.start?.answered;
      return { entry: known.entry, created: false };
    }
    const expiresAt = this.#lifecycle.expiryFromNow(lesson.lab);
    checkLimits(this.#slots.running(), learner, this.#deps.limits);
    if (known) this.#slots.forget(known);
    const id = randomBytes(16).toString('base64url');
    const { id: lessonId, lab } = lesson;
    const slot = this.#slots.add({
      ...STARTING,
      id,
      learner,
      lesson: lessonId,
      lab,
      expiresAt,
      generation: 1,
    });
    await this.#lifecycle.open(slot, lesson, this.#restored);
    return { entry: slot.entry, created: true };
  }

  /** Throws `not-found`, also for somebody else's. */
  get(learner: string, id: string): Entry {
    return this.#slots.own(learner, id).entry;
  }

  all(): Entry[] {
    return this.#slots.entries();
  }

  /** Those that are ready, with the engine's ids of their sandboxes. */
  running(): { entry: Entry; engineId: string }[] {
    return this.#slots.all().flatMap(({ entry, sandbox }) => {
      return sandbox ? [{ entry, engineId: sandbox.info.id }] : [];
    });
  }

  ofLearner(learner: string): Entry[] {
    return this.all().filter((entry) => entry.learner === learner);
  }

  /** The running sandbox behind it; waits while it starts. Throws `not-found`, `conflict` for one that has ended, or
   * what made its start fail. */
  async sandbox(id: string, signal: AbortSignal): Promise<Sandbox> {
    const given = AbortSignal.any([signal, this.#closing.signal]);
    for (;;) {
      given.throwIfAborted();
      const slot = this.#slots.get(id);
      if (!slot) throw notFound();
      if (slot.sandbox) return slot.sandbox;
      if (slot.error) throw slot.error;
      if (!slot.start) throw hasEnded(slot.entry.reason);
      await raced(slot.start.over, given);
    }
  }

  /** A fresh scene in a fresh sandbox under the same id, its generation one higher; the old one is destroyed. Returns
   * like `start`. Throws `not-found`, `conflict` while it starts, and `busy` where an ended one finds no place. */
  async reset(learner: string, id: string): Promise<Entry> {
    const slot = this.#slots.own(learner, id);
    const { state, lesson: name, generation } = slot.entry;
    if (state === 'starting') {
      throw new DrydockError('conflict', 'The lab is still starting. Reset it when it is ready.');
    }
    const lesson = this.#deps.findLesson(name);
    if (!lesson) throw new DrydockError('conflict', `The lesson "${name}" does not exist any more.`);
    const expiresAt = this.#lifecycle.expiryFromNow(lesson.lab);
    if (state !== 'ready') checkLimits(this.#slots.running(), learner, this.#deps.limits);
    const destroy = this.#lifecycle.release(slot);
    this.#slots.change(slot, { ...STARTING, lab: lesson.lab, expiresAt, generation: generation + 1 });
    try {
      await this.#lifecycle.open(slot, lesson, this.#restored);
    } finally {
      // After the fresh one, whose start it would slow down.
      void destroy();
    }
    return slot.entry;
  }

  /** Its expiry becomes the lab's lifetime from this moment. Throws `not-found`, and `conflict` unless it is ready. */
  async extend(learner: string, id: string): Promise<Entry> {
    const slot = this.#slots.own(learner, id);
    if (slot.entry.state !== 'ready') {
      throw new DrydockError('conflict', 'Only a lab that runs can be given more time.');
    }
    this.#lifecycle.extend(slot);
    return slot.entry;
  }

  /** Ends and destroys it, whatever its state; its id is not found any more. Throws `not-found`. */
  async end(learner: string, id: string): Promise<void> {
    const slot = this.#slots.own(learner, id);
    const destroy = this.#lifecycle.release(slot);
    this.#slots.forget(slot);
    this.#slots.change(slot, { state: 'ended', reason: 'You ended this lab.' });
    await destroy();
  }

  /** Its main shell is gone: it becomes `ended`, can be read for a while and then is forgotten. Does nothing unless it
   * is ready and, where given, of that generation. */
  markEnded(id: string, reason: string, generation?: number): void {
    const slot = this.#slots.get(id);
    if (slot?.entry.state !== 'ready' || (generation ?? slot.entry.generation) !== slot.entry.generation)
      return;
    this.#lifecycle.stop(slot, { state: 'ended', reason });
  }

  /** Calls with every new state of every entry, also the last one. */
  onChange(listener: (entry: Entry) => void): Off {
    return this.#slots.changes.add(listener);
  }

  /** Calls for every start that came to a ready sandbox. */
  onReady(listener: (readiness: Readiness) => void): Off {
    return this.#lifecycle.readies.add(listener);
  }

  /** Calls ten and two minutes before an entry ends. */
  onExpiring(listener: (entry: Entry) => void): Off {
    return this.#lifecycle.expirings.add(listener);
  }

  /** Ends what is being started and all timers. Ready sandboxes go on running, to be restored next time. */
  async close(): Promise<void> {
    this.#closing.abort(new DrydockError('engine-unavailable', 'The server is stopping.'));
    await this.#lifecycle.close(this.#closing.signal.reason);
  }

  /** A sandbox can end without anybody looking, as when its engine was restarted. */
  async #endIfDead(learner: string, lesson: string): Promise<void> {
    const slot = this.#slots.find(learner, lesson);
    const sandbox = slot?.sandbox;
    if (!slot || !sandbox) return;
    const bound = { ms: ALIVE_TIMEOUT_MS, what: 'Asking the engine for a sandbox' };
    const alive = await within(bound, () => sandbox.alive()).catch(
      (error: unknown) => toDrydockError(error).code !== 'not-found',
    );
    if (!alive && slot.sandbox === sandbox) this.markEnded(slot.entry.id, 'The lab has stopped.');
  }

  /** Shows the sandboxes from before a restart, until the engine has told which of them run. */
  #expectClaimed(over: Promise<void>): void {
    for (const { state, engineId, createdAt: _createdAt, ...claim } of this.#deps.claims.all()) {
      if (state !== 'ready') continue;
      const slot = this.#slots.add({ ...claim, ...WAITING_FOR_ENGINE });
      slot.engineId = engineId;
      slot.start = { abort: new AbortController(), answered: Promise.resolve(), over };
    }
  }

  #endUnfound(): void {
    for (const slot of this.#slots.all()) {
      if (slot.engineId === undefined || slot.sandbox) continue;
      const late = slot.entry.expiresAt.getTime() <= this.#clock();
      const reason = late ? TIME_IS_UP : 'The lab ended while the server was not running.';
      this.#lifecycle.stop(slot, { state: 'ended', reason });
    }
  }
}
