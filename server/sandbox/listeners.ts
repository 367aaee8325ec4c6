/** Who wants to be told of something. Knows nothing about what it is. */
import type { Logger } from 'pino';
import type { Off } from './engine.ts';

/** Calls its listeners in the order of their arrival; one that throws is logged and does not disturb the others. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(listener: (value: T) => void): Off {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** One that was removed by a listener before it is not called any more. */
  emit(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        this.#log.error({ err: error }, 'a listener failed');
      }
    }
  }
}
