/** The table of the learners' sandboxes and everybody who watches it. Knows nothing about how they start or end. */
import type { Logger } from 'pino';
import { DrydockError } from '../errors.ts';
import type { Sandbox } from './engine.ts';
import { isRunning, type Entry } from './entry.ts';
import { Listeners } from './listeners.ts';

/** A start under way. */
export interface Start {
  readonly abort: AbortController;
  /** Resolves when there is something to tell the learner, rejects when it fails before that. */
  readonly answered: Promise<void>;
  /** Resolves when it is over, however that is. */
  readonly over: Promise<void>;
}

/** What is known about one sandbox of a learner. */
export interface Slot {
  entry: Entry;
  /** The engine's id of its sandbox, from the claim on. */
  engineId: string | undefined;
  /** Set exactly while the entry is ready. */
  sandbox: Sandbox | undefined;
  /** The latest start. */
  start: Start | undefined;
  /** Why the latest start failed. */
  error: DrydockError | undefined;
  forgetting: NodeJS.Timeout | undefined;
}

export class Slots {
  readonly #slots = new Map<string, Slot>();
  /** Tells every new state of every entry. */
  readonly changes: Listeners<Entry>;

  constructor(log: Logger) {
    this.changes = new Listeners(log);
  }

  add(entry: Entry): Slot {
    const slot: Slot = {
      entry,
      engineId: undefined,
      sandbox: undefined,
      start: undefined,
      error: undefined,
      forgetting: undefined,
    };
    this.#slots.set(entry.id, slot);
    this.changes.emit(entry);
    return slot;
  }

  get(id: string): Slot | undefined {
    return this.#slots.get(id);
  }

  /** Throws `not-found`, also for somebody else's. */
  own(learner: string, id: string): Slot {
    const slot = this.#slots.get(id);
    if (slot?.entry.learner !== learner) throw notFound();
    return slot;
  }

  find(learner: string, lesson: string): Slot | undefined {
    return this.all().find(({ entry }) => entry.learner === learner && entry.lesson === lesson);
  }

  all(): Slot[] {
    return [...this.#slots.values()];
  }

  entries(): Entry[] {
    return this.all().map((slot) => slot.entry);
  }

  running(): Entry[] {
    return this.entries().filter(isRunning);
  }

  /** A new state of the entry; what only belonged to the former state is dropped. */
  change(slot: Slot, next: Partial<Entry> & Pick<Entry, 'state'>): void {
    const { progress: _progress, step: _step, reason: _reason, ...kept } = slot.entry;
    slot.entry = { ...kept, ...next };
    this.changes.emit(slot.entry);
  }

  /** Its id is not found any more. */
  forget(slot: Slot): void {
    clearTimeout(slot.forgetting);
    if (this.#slots.get(slot.entry.id) === slot) this.#slots.delete(slot.entry.id);
  }

  forgetAfter(slot: Slot, ms: number): void {
    slot.forgetting = setTimeout(() => this.forget(slot), ms);
    slot.forgetting.unref();
  }
}

export function notFound(): DrydockError {
  return new DrydockError('not-found', 'There is no such lab.');
}

export function hasEnded(reason = ''): DrydockError {
  return new DrydockError('conflict', `This lab has ended. ${reason}`.trim());
}
