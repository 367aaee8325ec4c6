/** Starts single sandboxes, a few at a time and with a deadline. Knows nothing about who gets them. */
import type { Lab } from '../../protocol/lab.ts';
import { toDrydockError } from '../errors.ts';
import { pause, within } from './deadline.ts';
import type { Sandbox, SandboxEngine } from './engine.ts';
import { Gate } from './gate.ts';
import type { StartProgress } from './labs.ts';

export interface StartsDeps {
  readonly engine: Pick<SandboxEngine, 'create'>;
  readonly labs: {
    settings(name: string): Lab;
    readyImage(name: string): string | undefined;
    image(name: string, signal: AbortSignal, onProgress: (progress: StartProgress) => void): Promise<string>;
    retry(name: string): void;
  };
  /** Milliseconds for one sandbox to start, once its lab is prepared; what its probe may take comes on top. */
  readonly createTimeoutMs?: number;
  /** Ends every start. */
  readonly closing: AbortSignal;
  /** Gets a sandbox whose start was given up before it came. */
  late(sandbox: Sandbox): void;
}

/** What to start. */
export interface Wanted {
  readonly lab: string;
  readonly image: string;
  /** Told what the start waits for. */
  readonly onStep?: ((step: string) => void) | undefined;
}

/** Cold starts at the same time: more only makes each of them slower. */
const AT_ONCE = 4;
const TIDY_UP_MS = 5000;
const STARTING = { step: 'starting the sandbox' } as const;

export class Starts {
  readonly #deps: StartsDeps;
  readonly #gate = new Gate(AT_ONCE);
  /** Creations that the engine has not finished, or not tidied up after. */
  readonly #creations = new Set<Promise<void>>();

  constructor(deps: StartsDeps) {
    this.#deps = deps;
  }

  /** A new sandbox of the lab, as soon as that is ready and it is this one's turn. Tells its progress at once and on
   * each change. Rejects with `lab-unavailable`, `engine-unavailable`, `timeout` or the signal's reason. */
  async cold(
    lab: string,
    signal: AbortSignal,
    onProgress: (progress: StartProgress) => void,
  ): Promise<Sandbox> {
    const start = async (): Promise<Sandbox> => {
      const image = await this.#deps.labs.image(lab, signal, onProgress);
      return this.#gate.run(signal, () => {
        onProgress(STARTING);
        return this.create({ lab, image, onStep: (step) => onProgress({ step }) }, signal);
      });
    };
    onProgress(STARTING);
    const image = this.#deps.labs.readyImage(lab);
    try {
      return await start();
    } catch (error) {
      // Somebody may have removed the image from the engine: the lab is prepared again, once.
      if (signal.aborted || image === undefined || toDrydockError(error).code !== 'lab-unavailable')
        throw error;
      this.#deps.labs.retry(lab);
      return start();
    }
  }

  /** A new sandbox of the image, at once. Rejects with `timeout`, the signal's reason or what the engine says. */
  create({ lab, image, onStep }: Wanted, signal: AbortSignal): Promise<Sandbox> {
    const { engine, labs, closing, createTimeoutMs = 60_000 } = this.#deps;
    const settings = labs.settings(lab);
    // The engine says more about a lab that does not get ready than this deadline could.
    const ms = createTimeoutMs + (settings.ready === undefined ? 0 : settings.readySeconds * 1000);
    const late = (sandbox: Sandbox): void => this.#deps.late(sandbox);
    const bound = { ms, what: 'Starting the sandbox', signal: AbortSignal.any([signal, closing]), late };
    return within(bound, (bounded) => {
      const creation = engine.create({ lab, image, settings }, bounded, onStep);
      const over = creation.then(nothing, nothing).finally(() => this.#creations.delete(over));
      this.#creations.add(over);
      return creation;
    });
  }

  /** Resolves when the engine has finished with all that was to be started, or after a while. */
  async over(): Promise<void> {
    const enough = new AbortController();
    const all = Promise.all(this.#creations).finally(() => enough.abort());
    await Promise.race([all, pause(TIDY_UP_MS, enough.signal)]);
  }
}

function nothing(): void {}
