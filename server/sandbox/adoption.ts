/** Judges the pool's sandboxes from before a restart of the server. Knows nothing about learners or how they start. */
import type { Logger } from 'pino';
import type { Lab } from '../../protocol/lab.ts';
import type { Sandbox } from './engine.ts';
import { untilReady } from './ready.ts';

export interface AdoptionDeps {
  readonly labs: {
    names(): string[];
    settings(name: string): Lab;
    state(name: string): { readonly state: string };
    readyImage(name: string): string | undefined;
  };
  readonly log: Logger;
  /** Ends all waiting. */
  readonly closing: AbortSignal;
  /** Gets one that may be handed out. */
  accept(sandbox: Sandbox): void;
  /** Gets one that may not. */
  refuse(sandbox: Sandbox): void;
}

export class Adoption {
  readonly #deps: AdoptionDeps;
  /** By lab, until it is known whether their image is current. */
  readonly #waiting = new Map<string, Sandbox[]>();
  /** By lab, how many are being asked whether they are ready. */
  readonly #asked = new Map<string, number>();

  constructor(deps: AdoptionDeps) {
    this.#deps = deps;
  }

  /** Takes a sandbox over, to be accepted or refused as soon as it is known what it is. */
  add(sandbox: Sandbox): void {
    const { lab } = sandbox.info;
    if (!this.#deps.labs.names().includes(lab)) return this.#deps.refuse(sandbox);
    this.#waiting.set(lab, [...(this.#waiting.get(lab) ?? []), sandbox]);
    this.judge(lab);
  }

  /** To be called when a lab's state has changed: those with its current image are accepted, others refused. */
  judge(lab: string): void {
    const image = this.#deps.labs.readyImage(lab);
    const { state } = this.#deps.labs.state(lab);
    if (image === undefined && state !== 'failed' && state !== 'unavailable') return;
    const sandboxes = this.#waiting.get(lab) ?? [];
    this.#waiting.delete(lab);
    for (const sandbox of sandboxes) {
      if (sandbox.info.image !== image) this.#deps.refuse(sandbox);
      else if (this.#deps.labs.settings(lab).ready === undefined) this.#deps.accept(sandbox);
      else void this.#ask(lab, sandbox);
    }
  }

  /** How many are likely to be accepted soon. */
  expected(lab: string): number {
    return this.#asked.get(lab) ?? 0;
  }

  /** The server may have ended while it waited for this one to be ready. */
  async #ask(lab: string, sandbox: Sandbox): Promise<void> {
    const { labs, closing, log } = this.#deps;
    this.#asked.set(lab, this.expected(lab) + 1);
    const ready = await untilReady(sandbox, labs.settings(lab), closing).then(
      () => true,
      (error: unknown) => {
        if (closing.aborted) return undefined;
        log.warn({ err: error, sandbox: sandbox.info.id }, 'an adopted sandbox does not get ready');
        return false;
      },
    );
    this.#asked.set(lab, this.expected(lab) - 1);
    if (ready === true) this.#deps.accept(sandbox);
    else if (ready === false) this.#deps.refuse(sandbox);
  }
}
