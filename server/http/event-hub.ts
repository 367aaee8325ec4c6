/** Passes what happens to a sandbox on to whoever watches it. Knows nothing about streams and requests. */
import type { SandboxEvent } from '../../protocol/api.ts';
import type { Off } from '../sandbox/engine.ts';

type Listener = (event: SandboxEvent) => void;

export class EventHub {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** Hears every event of the sandbox from now on, in order. */
  subscribe(sandbox: string, listener: Listener): Off {
    const listeners = this.#listeners.get(sandbox) ?? new Set();
    this.#listeners.set(sandbox, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(sandbox) === listeners) this.#listeners.delete(sandbox);
    };
  }

  /** Tells all who listen now. */
  publish(sandbox: string, event: SandboxEvent): void {
    for (const listener of this.#listeners.get(sandbox) ?? []) listener(event);
  }

  /** Whether anybody listens. */
  hears(sandbox: string): boolean {
    return this.#listeners.has(sandbox);
  }
}
