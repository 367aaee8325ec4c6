/** Destroys sandboxes that nobody wants any more, however long that takes. Knows nothing about whose they were. */
import type { Logger } from 'pino';
import { backOff, pause, within } from './deadline.ts';
import type { Sandbox } from './engine.ts';

export interface DisposalDeps {
  readonly log: Logger;
  /** Called once for each sandbox, when it is gone. */
  readonly onGone?: (engineId: string) => void;
  /** For one attempt. */
  readonly deadlineMs?: number;
}

/** Tries again, with growing pauses, until the engine has removed the sandbox or `close` is called. */
export class Disposal {
  readonly #deps: DisposalDeps;
  readonly #closing = new AbortController();
  /** By engine id: the first attempt, while the sandbox is not yet known to be gone. */
  readonly #first = new Map<string, Promise<void>>();

  constructor(deps: DisposalDeps) {
    this.#deps = deps;
  }

  /** Resolves after the first attempt, whether it succeeded or goes on in the background. Never rejects. */
  dispose(sandbox: Sandbox): Promise<void> {
    const id = sandbox.info.id;
    const known = this.#first.get(id);
    if (known) return known;
    const attempt = this.#attempt(sandbox);
    const first = attempt.then(() => undefined);
    this.#first.set(id, first);
    void attempt.then((gone) => this.#followUp(sandbox, gone));
    return first;
  }

  /** How many are not yet known to be gone. */
  get pending(): number {
    return this.#first.size;
  }

  /** Waits for the attempts under way and makes no further ones. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#first.values());
  }

  async #followUp(sandbox: Sandbox, goneAtOnce: boolean): Promise<void> {
    let gone = goneAtOnce;
    for (let failures = 1; !gone && !this.#closing.signal.aborted; failures++) {
      await pause(backOff(failures), this.#closing.signal);
      if (!this.#closing.signal.aborted) gone = await this.#attempt(sandbox);
    }
    this.#first.delete(sandbox.info.id);
  }

  async #attempt(sandbox: Sandbox): Promise<boolean> {
    const bound = { ms: this.#deps.deadlineMs ?? 15_000, what: 'Destroying the sandbox' };
    try {
      await within(bound, () => sandbox.destroy());
      this.#deps.onGone?.(sandbox.info.id);
      return true;
    } catch (error) {
      this.#deps.log.warn(
        { err: error, sandbox: sandbox.info.id },
        'a sandbox was not destroyed; trying again later',
      );
      return false;
    }
  }
}
