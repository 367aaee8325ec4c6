/** Lets several callers wait for one piece of work. Knows nothing about what the work is. */
import type { BuildProgress } from './engine.ts';

/** One who waits: hears of the progress, and may leave. */
export interface Waiter {
  readonly onProgress: (progress: BuildProgress) => void;
  readonly signal: AbortSignal;
}

interface Task<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly waiters: Set<Waiter>;
  last: BuildProgress | undefined;
}

/** Work by key: what runs is joined, not started twice; it is aborted when the last of its waiters has left. */
export class SharedTasks<T> {
  readonly #tasks = new Map<string, Task<T>>();

  /** Joins the work of that key, or starts it. Rejects with the reason of the waiter's signal when that is aborted. */
  async join(key: string, waiter: Waiter, work: (shared: Waiter) => Promise<T>): Promise<T> {
    waiter.signal.throwIfAborted();
    const task = this.#tasks.get(key) ?? this.#start(key, work);
    task.waiters.add(waiter);
    if (task.last !== undefined) waiter.onProgress(task.last);
    const left = Promise.withResolvers<never>();
    const onAbort = () => left.reject(waiter.signal.reason);
    waiter.signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([task.result, left.promise]);
    } finally {
      waiter.signal.removeEventListener('abort', onAbort);
      task.waiters.delete(waiter);
      if (task.waiters.size === 0) this.#abandon(key, task);
    }
  }

  /** Aborts all work. */
  close(reason: unknown): void {
    for (const task of this.#tasks.values()) task.controller.abort(reason);
  }

  #start(key: string, work: (shared: Waiter) => Promise<T>): Task<T> {
    const controller = new AbortController();
    const waiters = new Set<Waiter>();
    const onProgress = (progress: BuildProgress) => {
      // Never falling, whatever the work says.
      task.last = { ...progress, progress: Math.max(progress.progress, task.last?.progress ?? 0) };
      for (const waiter of [...waiters]) waiter.onProgress(task.last);
    };
    const result = Promise.resolve().then(() => work({ onProgress, signal: controller.signal }));
    const task: Task<T> = { result, controller, waiters, last: undefined };
    this.#tasks.set(key, task);
    result.catch(() => {}).finally(() => this.#forget(key, task));
    return task;
  }

  #abandon(key: string, task: Task<T>): void {
    this.#forget(key, task);
    task.controller.abort(new Error('nobody waits for it any more'));
  }

  #forget(key: string, task: Task<T>): void {
    if (this.#tasks.get(key) === task) this.#tasks.delete(key);
  }
}
