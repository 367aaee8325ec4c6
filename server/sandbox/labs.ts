/** Prepares the labs one after the other and knows how far each is. Knows nothing about learners or lessons. */
import type { Logger } from 'pino';
import type { LabState } from '../../protocol/api.ts';
import type { Lab } from '../../protocol/lab.ts';
import { DrydockError, toDrydockError } from '../errors.ts';
import { backOff, pause, raced } from './deadline.ts';
import type { BuildProgress, LabSource, Off, SandboxEngine } from './engine.ts';
import { Listeners } from './listeners.ts';

/** How far a start is, for the learner to read. */
export interface StartProgress {
  /** From 0 to 1, where it is known. */
  readonly progress?: number | undefined;
  readonly step: string;
}

export interface LabsDeps {
  readonly engine: Pick<SandboxEngine, 'prepare'>;
  readonly sources: readonly LabSource[];
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** A failed lab is tried again when somebody asks for it, but not more often than this. */
const RETRY_AFTER_MS = 60_000;
const ENGINE_BACK_OFF = { first: 1000, most: 10_000 };

interface Entry {
  readonly source: LabSource;
  state: LabState;
  image: string | undefined;
  /** Why it failed last. */
  error: DrydockError | undefined;
  failedAt: number;
  /** When it was last asked for; the latest comes first. */
  wanted: number;
}

export class Labs {
  readonly #deps: LabsDeps;
  readonly #clock: () => number;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #changes: Listeners<string>;
  readonly #closing = new AbortController();
  #working: Promise<void> | undefined;
  #requests = 0;

  /** Does nothing before `prepareAll` or `image`. */
  constructor(deps: LabsDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? Date.now;
    this.#changes = new Listeners(deps.log);
    this.#entries = new Map(deps.sources.map((source) => [source.name, newEntry(source)]));
  }

  /** Begins to prepare all labs in the background. */
  prepareAll(): void {
    this.#wake();
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  /** What `lab.yaml` says. Throws `lab-unavailable` for a lab that is not installed. */
  settings(name: string): Lab {
    return this.#entry(name).source.settings;
  }

  /** Throws `lab-unavailable` for a lab that is not installed. */
  state(name: string): LabState {
    return this.#entry(name).state;
  }

  states(): Record<string, LabState> {
    return Object.fromEntries([...this.#entries].map(([name, entry]) => [name, entry.state]));
  }

  /** Calls with the name of a lab whose state is another than before. */
  onChange(listener: (name: string) => void): Off {
    return this.#changes.add(listener);
  }

  /** The image, if the lab is ready. */
  readyImage(name: string): string | undefined {
    return this.#entries.get(name)?.image;
  }

  /**
   * The lab's image. Waits while it is prepared, next in turn. A lab that failed is tried again at most once a minute;
   * otherwise rejects with `lab-unavailable` and the reason. Waits for an engine that does not answer until `signal`.
   */
  async image(
    name: string,
    signal: AbortSignal,
    onProgress: (progress: StartProgress) => void,
  ): Promise<string> {
    const entry = this.#entry(name);
    if (entry.image !== undefined) return entry.image;
    entry.wanted = ++this.#requests;
    if (entry.error && this.#clock() - entry.failedAt >= RETRY_AFTER_MS) this.retry(name);
    this.#wake();
    const ended = Promise.withResolvers<string>();
    const look = (): void => {
      if (entry.image !== undefined) ended.resolve(entry.image);
      else if (entry.error) ended.reject(unavailable(entry));
      else onProgress(told(entry.state));
    };
    const off = this.onChange((changed) => changed === name && look());
    try {
      look();
      return await raced(ended.promise, AbortSignal.any([signal, this.#closing.signal]));
    } finally {
      off();
    }
  }

  /** Prepares the lab again: after a failure, or when its image turned out to be missing. */
  retry(name: string): void {
    const entry = this.#entry(name);
    if (entry.state.state === 'building') return;
    entry.image = undefined;
    entry.error = undefined;
    this.#set(entry, { state: 'waiting' });
    this.#wake();
  }

  /** Says whether sandboxes of a prepared lab start: why they do not, or, without a reason, that they do. Only what is
   * told of the lab depends on it; whoever asks for its image still gets it. */
  report(name: string, trouble?: string): void {
    const entry = this.#entry(name);
    if (entry.image === undefined) return;
    if (trouble !== undefined) this.#set(entry, { state: 'failed', reason: trouble });
    else if (entry.state.state === 'failed') this.#set(entry, { state: 'ready' });
  }

  /** Ends what is being prepared. */
  async close(): Promise<void> {
    this.#closing.abort(new DrydockError('engine-unavailable', 'The server is stopping.'));
    await this.#working;
  }

  #wake(): void {
    if (this.#closing.signal.aborted) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#next()) this.#wake();
    });
  }

  async #work(): Promise<void> {
    let failures = 0;
    for (let entry = this.#next(); entry && !this.#closing.signal.aborted; entry = this.#next()) {
      if (await this.#prepare(entry)) {
        if (failures > 0) this.#deps.log.info('the engine answers again');
        failures = 0;
      } else {
        failures++;
        if (failures === 1) this.#deps.log.warn('the engine does not answer; labs are prepared when it does');
        await pause(backOff(failures, ENGINE_BACK_OFF.first, ENGINE_BACK_OFF.most), this.#closing.signal);
      }
    }
  }

  #next(): Entry | undefined {
    const waiting = [...this.#entries.values()].filter((entry) => entry.state.state === 'waiting');
    return waiting.toSorted((a, b) => b.wanted - a.wanted)[0];
  }

  /** False when the engine did not answer and the lab waits on; any other end is the lab's own and is kept. */
  async #prepare(entry: Entry): Promise<boolean> {
    const { name } = entry.source;
    const signal = this.#closing.signal;
    let over = false;
    const report = ({ progress, step }: BuildProgress): void => {
      if (over) return;
      if (step !== entry.state.step) this.#deps.log.info({ lab: name, step }, 'a lab is being built');
      this.#set(entry, { state: 'building', progress, step });
    };
    // A lab that waits for the engine goes on saying so until the engine has done something.
    if (entry.state.reason === undefined) report({ progress: 0, step: 'building the lab' });
    try {
      const image = await raced(this.#deps.engine.prepare(entry.source, report, signal), signal);
      entry.image = image;
      this.#set(entry, { state: 'ready' });
      this.#deps.log.info({ lab: name, image }, 'a lab is ready');
      return true;
    } catch (cause) {
      if (signal.aborted) return true;
      const error = toDrydockError(cause);
      if (error.code === 'engine-unavailable') {
        this.#set(entry, { state: 'waiting', reason: error.message });
        return false;
      }
      this.#fail(entry, error);
      return true;
    } finally {
      over = true;
    }
  }

  #fail(entry: Entry, error: DrydockError): void {
    this.#deps.log.error({ err: error, lab: entry.source.name }, 'a lab cannot be prepared');
    const known = error.code === 'lab-unavailable';
    const reason =
      error.code === 'internal'
        ? 'The lab could not be built; the log of the server says why.'
        : error.message;
    entry.error = error;
    entry.failedAt = this.#clock();
    this.#set(entry, { state: known ? 'unavailable' : 'failed', reason });
  }

  #set(entry: Entry, state: LabState): void {
    entry.state = state;
    this.#changes.emit(entry.source.name);
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry) return entry;
    const installed = this.names().join(', ') || 'none';
    throw new DrydockError(
      'lab-unavailable',
      `The lab "${name}" is not installed here; installed: ${installed}.`,
    );
  }
}

function newEntry(source: LabSource): Entry {
  return { source, state: { state: 'waiting' }, image: undefined, error: undefined, failedAt: 0, wanted: 0 };
}

function unavailable({ source, state, error }: Entry): DrydockError {
  const reason = state.reason ?? 'no reason was given';
  return new DrydockError(
    'lab-unavailable',
    `The lab "${source.settings.title}" cannot be started: ${reason}`,
    {
      cause: error,
    },
  );
}

/** The state of a lab that is not ready, as a learner who waits for it reads it. */
function told({ state, progress, step, reason }: LabState): StartProgress {
  if (state === 'building') {
    return { progress, step: step === undefined ? 'building the lab' : `building the lab: ${step}` };
  }
  return { step: reason === undefined ? 'waiting for another lab to be built' : 'waiting for the engine' };
}
