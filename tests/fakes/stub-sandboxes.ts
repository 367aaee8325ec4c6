/**
 * Sandboxes that run nothing, for tests of what stands above the engine: every start, end and failure is the test's to
 * decide. `tests/fakes/fake-engine.ts` is the one with real shells.
 */
import { setImmediate } from 'node:timers/promises';
import { labSchema, type Lab } from '../../protocol/lab.ts';
import type {
  BuildProgress,
  LabSource,
  Pty,
  RunLimits,
  RunResult,
  Sandbox,
  SandboxEngine,
  SandboxInfo,
  SandboxSpec,
} from '../../server/sandbox/engine.ts';
import { DrydockError } from '../../server/errors.ts';

export class StubSandbox implements Sandbox {
  readonly info: SandboxInfo;
  readonly typed: number[] = [];
  dead = false;
  destroyed = 0;
  /** What its commands exit with, such as a lab's probe. */
  code = 0;
  /** Thrown by `alive` and `main`. */
  failure: Error | undefined;
  /** Thrown by `destroy`. */
  destroyError: Error | undefined;
  /** Between `standBy` and `standDown`. */
  standing = false;
  /** How often its main terminal was asked for. */
  opened = 0;
  readonly #onDestroyed: () => void;
  readonly #exits = new Set<Parameters<Pty['onExit']>[0]>();

  constructor(info: SandboxInfo, onDestroyed: () => void) {
    this.info = info;
    this.#onDestroyed = onDestroyed;
  }

  /** Those who listen for the end of its terminal. */
  get listeners(): number {
    return this.#exits.size;
  }

  /** Ends it from within: its terminal tells so. */
  end(): void {
    this.dead = true;
    this.#exit(false);
  }

  /** Breaks the connection to its terminal. */
  lose(): void {
    this.#exit(true);
  }

  async main(): Promise<Pty> {
    this.opened++;
    if (this.failure) throw this.failure;
    if (this.dead) throw new DrydockError('not-found', 'The stub sandbox is gone.');
    const nothing = (): void => undefined;
    return {
      write: (data: Uint8Array) => void this.typed.push(...data),
      resize: () => Promise.resolve(),
      pause: nothing,
      resume: nothing,
      detach: nothing,
      onData: () => nothing,
      onExit: (listener) => {
        this.#exits.add(listener);
        return () => void this.#exits.delete(listener);
      },
    };
  }

  open(): Promise<Pty> {
    return this.main();
  }

  run(_argv: readonly string[], _limits: RunLimits): Promise<RunResult> {
    return Promise.resolve({ code: this.code, stdout: '', stderr: '', timedOut: false });
  }

  unpack(): Promise<void> {
    return Promise.resolve();
  }

  async standBy(): Promise<void> {
    this.standing = true;
  }

  standDown(): void {
    this.standing = false;
  }

  async alive(): Promise<boolean> {
    await setImmediate();
    if (this.failure) throw this.failure;
    return !this.dead;
  }

  async destroy(): Promise<void> {
    await setImmediate();
    if (this.destroyError) throw this.destroyError;
    this.destroyed++;
    this.end();
    this.#onDestroyed();
  }

  #exit(lost: boolean): void {
    const exits = [...this.#exits];
    this.#exits.clear();
    for (const listener of exits) listener({ code: null, lost });
  }
}

/** Starts `StubSandbox`es. Its public fields say how the next call goes. */
export class StubEngine implements SandboxEngine {
  readonly name = 'stub';
  readonly running = new Map<string, StubSandbox>();
  readonly prepared: string[] = [];
  created = 0;
  /** Awaited by every `create`; a promise that never settles makes it wait for the signal. */
  beforeCreate: () => Promise<void> = () => setImmediate();
  beforePrepare: (lab: LabSource, report: (progress: BuildProgress) => void) => Promise<void> = () =>
    setImmediate();
  /** While true, every call rejects with `engine-unavailable`. */
  gone = false;

  ping(): Promise<void> {
    return this.#answer();
  }

  async prepare(
    lab: LabSource,
    report: (progress: BuildProgress) => void,
    signal: AbortSignal,
  ): Promise<string> {
    await this.#answer();
    this.prepared.push(lab.name);
    await untilAborted(this.beforePrepare(lab, report), signal);
    return imageOf(lab.name);
  }

  async create(
    spec: SandboxSpec,
    signal: AbortSignal,
    onStep?: (step: string) => void,
  ): Promise<StubSandbox> {
    await this.#answer();
    if (spec.settings.ready !== undefined) onStep?.(`waiting for ${spec.settings.title} to be ready`);
    await untilAborted(this.beforeCreate(), signal);
    return this.add(spec.lab, spec.image);
  }

  /** A sandbox that runs without having been asked for. */
  add(lab: string, image = imageOf(lab)): StubSandbox {
    const id = `stub-${++this.created}`;
    const info = { id, lab, image, createdAt: new Date() };
    const sandbox = new StubSandbox(info, () => this.running.delete(id));
    this.running.set(id, sandbox);
    return sandbox;
  }

  async list(): Promise<StubSandbox[]> {
    await this.#answer();
    return [...this.running.values()].filter((sandbox) => !sandbox.dead);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #answer(): Promise<void> {
    await setImmediate();
    if (this.gone) throw new DrydockError('engine-unavailable', 'The stub engine does not answer.');
  }
}

export function imageOf(lab: string): string {
  return `stub/${lab}:1`;
}

/** A lab as `readLabs` gives it. */
export function stubLab(
  name: string,
  settings: Partial<Pick<Lab, 'warm' | 'lifetimeMinutes' | 'ready' | 'readySeconds'>> = {},
): LabSource {
  return { name, folder: '/nowhere', settings: labSchema.parse({ title: `Lab ${name}`, ...settings }) };
}

/** Resolves when `condition` holds; rejects after a generous deadline. Works under mocked timers. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const began = performance.now();
  while (!condition()) {
    if (performance.now() - began > 5000) throw new Error(`waited too long until ${what}`);
    await setImmediate();
  }
}

/** Lets everything run that is ready to run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<void>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
