/** Follows the lab's state for those who wait for it. Knows nothing about the lab itself. */
import type { LabState } from './lab-state.ts';

/** The state as the page last heard it. */
export class LabWatch {
  #state: LabState = { name: 'idle' };
  readonly #listeners = new Set<() => void>();

  get state(): LabState {
    return this.#state;
  }

  /** Takes over the state. */
  set(state: LabState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves with whether the lab became ready; false once it is idle or ended, or the signal aborts. */
  ready(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (ready: boolean): void => {
        this.#listeners.delete(look);
        signal.removeEventListener('abort', abort);
        resolve(ready);
      };
      const abort = (): void => settle(false);
      const look = (): void => {
        const { name } = this.#state;
        if (name === 'ready') settle(true);
        else if (name === 'idle' || name === 'ended') settle(false);
      };
      this.#listeners.add(look);
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      else look();
    });
  }
}
