/** Keeps sandboxes started before somebody wants one. Knows nothing about learners or lessons. */
import type { Logger } from 'pino';
import type { Lab } from '../../protocol/lab.ts';
import { DrydockError, toDrydockError } from '../errors.ts';
import { Adoption } from './adoption.ts';
import { backOff } from './deadline.ts';
import { Disposal } from './disposal.ts';
import type { Off, Sandbox } from './engine.ts';
import type { StartProgress } from './labs.ts';
import { Shelf } from './shelf.ts';
import { Starts, type StartsDeps } from './starts.ts';

/** What the pool needs to know about labs; `Labs` fits. */
export interface PoolLabs {
  names(): string[];
  settings(name: string): Lab;
  state(name: string): { readonly state: string };
  readyImage(name: string): string | undefined;
  image(name: string, signal: AbortSignal, onProgress: (progress: StartProgress) => void): Promise<string>;
  retry(name: string): void;
  report(name: string, trouble?: string): void;
  onChange(listener: (name: string) => void): Off;
}

export interface PoolDeps extends Pick<StartsDeps, 'engine' | 'createTimeoutMs'> {
  readonly labs: PoolLabs;
  readonly log: Logger;
}

export interface Claimed {
  readonly sandbox: Sandbox;
  /** Whether it had been started before it was asked for. */
  readonly warm: boolean;
}

export interface PoolCounters {
  /** Sandboxes ready to be claimed, by lab. */
  readonly warm: Readonly<Record<string, number>>;
  /** Since the start of the server. */
  readonly claims: { readonly warm: number; readonly cold: number };
}

/** Between a claim and the start of its successor: starting one takes a processor that the learner waits for. */
const REST_MS = 250;
const NOT_STARTED = 'Sandboxes of this lab cannot be started; the log of the server says why.';

export class Pool {
  readonly #deps: PoolDeps;
  readonly #disposal: Disposal;
  readonly #starts: Starts;
  readonly #closing = new AbortController();
  readonly #shelf: Shelf;
  readonly #adoption: Adoption;
  readonly #failures = new Map<string, { count: number; until: NodeJS.Timeout | undefined }>();
  readonly #claims = { warm: 0, cold: 0 };
  readonly #off: Off;
  #filling: Promise<void> | undefined;
  #open = false;
  /** Claims that wait for a sandbox to be started; they go before the pool's own wishes. */
  #waiting = 0;

  /** Starts no sandbox of its own before `fill`. */
  constructor(deps: PoolDeps) {
    this.#deps = deps;
    this.#disposal = new Disposal({ log: deps.log });
    this.#starts = new Starts({
      ...deps,
      closing: this.#closing.signal,
      late: (sandbox) => void this.#disposal.dispose(sandbox),
    });
    this.#shelf = new Shelf({ log: deps.log, gone: (sandbox) => this.#onGone(sandbox) });
    this.#adoption = new Adoption({
      ...deps,
      closing: this.#closing.signal,
      accept: (sandbox) => this.#shelf.put(sandbox, { blank: true }),
      refuse: (sandbox) => {
        void this.#disposal.dispose(sandbox);
        this.#refill();
      },
    });
    this.#off = deps.labs.onChange((lab) => this.#onLabChange(lab));
  }

  /** Begins to keep every lab's warm sandboxes ready, in the background. */
  fill(): void {
    this.#open = true;
    this.#refill();
  }

  /**
   * A sandbox of the lab that nobody else has or gets: a warm one, as far as known still running, else one that is
   * started for this claim. `onProgress` is called, at once and then on each change, only if the claim has to wait for a start. Rejects
   * with `lab-unavailable`, `engine-unavailable`, `timeout` or the signal's reason; nothing is left behind then.
   */
  async claim(
    lab: string,
    signal: AbortSignal,
    onProgress: (progress: StartProgress) => void,
  ): Promise<Claimed> {
    signal.throwIfAborted();
    const warm = await this.#shelf.take(lab, signal);
    if (warm) {
      this.#claims.warm++;
      // Its successor is started when this learner's terminal is open, not while it opens.
      setTimeout(() => this.#refill(), REST_MS).unref();
      return { sandbox: warm, warm: true };
    }
    this.#waiting++;
    try {
      const sandbox = await this.#starts.cold(lab, signal, onProgress);
      this.#claims.cold++;
      return { sandbox, warm: false };
    } finally {
      this.#waiting--;
      this.#refill();
    }
  }

  /**
   * Takes over a running sandbox that nobody has claimed, from before a restart of the server. One whose lab is gone
   * or has another image is destroyed, as soon as that is known.
   */
  adopt(sandbox: Sandbox): void {
    this.#adoption.add(sandbox);
  }

  counters(): PoolCounters {
    const labs = this.#deps.labs.names();
    const warm = Object.fromEntries(labs.map((lab) => [lab, this.#shelf.count(lab)]));
    return { warm, claims: { ...this.#claims } };
  }

  /** Starts no further sandboxes and waits, not for long, until the engine has tidied up what it was starting. Those
   * that run go on running, to be adopted next time. */
  async close(): Promise<void> {
    this.#off();
    this.#closing.abort(new DrydockError('engine-unavailable', 'The server is stopping.'));
    for (const { until } of this.#failures.values()) clearTimeout(until);
    await this.#filling;
    await this.#starts.over();
    this.#shelf.close();
    await this.#disposal.close();
  }

  #onGone(sandbox: Sandbox): void {
    const { id, lab } = sandbox.info;
    this.#deps.log.warn({ lab, sandbox: id }, 'a warm sandbox had ended; it is replaced');
    void this.#disposal.dispose(sandbox);
    // Not at once: a lab whose sandboxes soon end must not keep the engine busy.
    this.#rest(lab);
  }

  #onLabChange(lab: string): void {
    this.#adoption.judge(lab);
    this.#refill();
  }

  #refill(): void {
    if (!this.#open || this.#closing.signal.aborted) return;
    this.#filling ??= this.#fillUp().finally(() => {
      this.#filling = undefined;
      if (this.#short() !== undefined) this.#refill();
    });
  }

  async #fillUp(): Promise<void> {
    for (let lab = this.#short(); lab !== undefined; lab = this.#short()) await this.#addWarm(lab);
  }

  /** A lab that is to have one more warm sandbox at once. */
  #short(): string | undefined {
    if (this.#waiting > 0 || this.#closing.signal.aborted) return undefined;
    return this.#deps.labs.names().find((lab) => {
      if (this.#deps.labs.readyImage(lab) === undefined || this.#failures.get(lab)?.until) return false;
      const expected = this.#shelf.count(lab) + this.#adoption.expected(lab);
      return expected < this.#deps.labs.settings(lab).warm;
    });
  }

  async #addWarm(lab: string): Promise<void> {
    const image = this.#deps.labs.readyImage(lab);
    if (image === undefined) return;
    try {
      const sandbox = await this.#starts.create({ lab, image }, this.#closing.signal);
      this.#failures.delete(lab);
      this.#shelf.put(sandbox);
      this.#deps.labs.report(lab);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#backOff(lab, error);
    }
  }

  #backOff(lab: string, error: unknown): void {
    const failures = this.#rest(lab);
    this.#deps.log.warn(
      { err: error, lab, failures },
      'no warm sandbox could be started; trying again later',
    );
    const { code, message } = toDrydockError(error);
    if (code === 'lab-unavailable') this.#deps.labs.retry(lab);
    else if (code === 'internal') this.#deps.labs.report(lab, NOT_STARTED);
    else if (code !== 'engine-unavailable') this.#deps.labs.report(lab, message);
  }

  /** Starts nothing for the lab for a while, which is the longer the more often in a row this was needed: the number
   * that is returned. */
  #rest(lab: string): number {
    const known = this.#failures.get(lab);
    clearTimeout(known?.until);
    const count = (known?.count ?? 0) + 1;
    const until = setTimeout(() => {
      this.#failures.set(lab, { count, until: undefined });
      this.#refill();
    }, backOff(count));
    until.unref();
    this.#failures.set(lab, { count, until });
    return count;
  }
}
