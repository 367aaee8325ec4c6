/** Lets those who want the same thing have it one after the other. Knows nothing about what they do with it. */
import { DrydockError } from '../errors.ts';

/** One at a time for each key, in the order of asking; no more than `most` wait. */
export class Turns<K extends object> {
  /** By key: the end of the last in the queue, and how many there are. Kept as long as the key is. */
  readonly #queues = new WeakMap<K, { last: Promise<unknown>; length: number }>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs `work` when those before it are done. Throws `busy` when too many wait; rejects with the signal's reason
   * when that is aborted before the turn has come. */
  async take<T>(key: K, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    this.#queues.set(key, queue);
    if (queue.length > this.#most) {
      throw new DrydockError('busy', 'Other checks of this lab are still running. Try again in a moment.');
    }
    const turn = queue.last;
    const done = Promise.withResolvers<void>();
    // One that gives up waiting keeps its place in the order, so that the next does not overtake those before.
    queue.last = Promise.allSettled([turn, done.promise]);
    queue.length++;
    try {
      await unlessAborted(turn, signal);
      return await work();
    } finally {
      queue.length--;
      done.resolve();
    }
  }
}

async function unlessAborted(turn: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([turn, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
