/**
 * Engines that misbehave, for the waiting and error states above them. Each wraps another engine, the fake or a real
 * one, and is a `SandboxEngine` itself:
 *
 *     slow(engine, 2000)            `create` and `prepare` take that many milliseconds longer
 *     never(engine)                 `create` does not resolve until it is aborted
 *     fails(engine)                 `create` rejects; nothing is left behind
 *     diesMidway(engine)            `die()` ends all its sandboxes, as if their main process had been killed
 *     gone(engine)                  after `goAway()` nothing answers and all terminals are lost; `comeBack()` ends that
 *
 * Whoever made the wrapped engine removes what is left in it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DrydockError } from '../../server/errors.ts';
import type { Pty, Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { PtyEvents } from '../../server/sandbox/pty-events.ts';

type Create = SandboxEngine['create'];

/** Takes `delayMs` longer to create and to prepare. */
export function slow(engine: SandboxEngine, delayMs: number): SandboxEngine {
  return {
    ...forward(engine),
    prepare: async (lab, onProgress, signal) => {
      await pause(delayMs, signal);
      return engine.prepare(lab, onProgress, signal);
    },
    create: async (spec, signal, onStep) => {
      await pause(delayMs, signal);
      return engine.create(spec, signal, onStep);
    },
  };
}

/** Never gets a sandbox ready. */
export function never(engine: SandboxEngine): SandboxEngine {
  const create: Create = (_spec, signal) =>
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  return { ...forward(engine), create };
}

/** Cannot create sandboxes. */
export function fails(
  engine: SandboxEngine,
  error: Error = new DrydockError('internal', 'the engine is out of disk space'),
): SandboxEngine {
  return { ...forward(engine), create: () => Promise.reject(error) };
}

/** Creates sandboxes that end too early. `die()` resolves when all that it has created have ended. */
export function diesMidway(engine: SandboxEngine): SandboxEngine & { die(): Promise<void> } {
  const created = new Set<Sandbox>();
  return {
    ...forward(engine),
    create: async (...args) => {
      const sandbox = await engine.create(...args);
      created.add(sandbox);
      return sandbox;
    },
    die: async () => {
      await Promise.all([...created].map((sandbox) => sandbox.destroy()));
      created.clear();
    },
  };
}

/** Goes away and comes back, like a daemon that is restarted while its containers run on. */
export function gone(engine: SandboxEngine): SandboxEngine & { goAway(): void; comeBack(): void } {
  const link = new Link();
  const wrapped = new Map<string, Sandbox>();
  const wrap = (sandbox: Sandbox): Sandbox => {
    const known = wrapped.get(sandbox.info.id) ?? linkedSandbox(sandbox, link);
    wrapped.set(sandbox.info.id, known);
    return known;
  };
  return {
    name: engine.name,
    ping: () => link.call(() => engine.ping()),
    prepare: (...args) => link.call(() => engine.prepare(...args)),
    create: (...args) => link.call(async () => wrap(await engine.create(...args))),
    list: () => link.call(async () => (await engine.list()).map(wrap)),
    close: () => engine.close(),
    goAway: () => link.cut(),
    comeBack: () => link.mend(),
  };
}

/** The connection to an engine, which can be cut. */
class Link {
  #cut = false;
  readonly #onCut = new Set<() => void>();

  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#cut) throw new DrydockError('engine-unavailable', 'The container engine does not answer.');
    return work();
  }

  /** Calls back once, when the connection is cut. Returns the function that ends that. */
  whenCut(listener: () => void): () => void {
    this.#onCut.add(listener);
    return () => this.#onCut.delete(listener);
  }

  cut(): void {
    this.#cut = true;
    const listeners = [...this.#onCut];
    this.#onCut.clear();
    for (const listener of listeners) listener();
  }

  mend(): void {
    this.#cut = false;
  }
}

function linkedSandbox(sandbox: Sandbox, link: Link): Sandbox {
  const mains = new WeakMap<Pty, Pty>();
  return {
    info: sandbox.info,
    main: () =>
      link.call(async () => {
        const pty = await sandbox.main();
        const linked = mains.get(pty) ?? linkedPty(pty, link);
        mains.set(pty, linked);
        return linked;
      }),
    open: (size) => link.call(async () => linkedPty(await sandbox.open(size), link)),
    run: (...args) => link.call(() => sandbox.run(...args)),
    unpack: (...args) => link.call(() => sandbox.unpack(...args)),
    standBy: () => link.call(() => sandbox.standBy()).catch(() => undefined),
    standDown: () => sandbox.standDown(),
    alive: () => link.call(() => sandbox.alive()),
    destroy: () => link.call(() => sandbox.destroy()),
  };
}

/** The same terminal, which ends as `lost` when the link is cut. */
function linkedPty(pty: Pty, link: Link): Pty {
  const events = new PtyEvents();
  pty.onData((data) => events.push(data));
  const off = link.whenCut(() => {
    pty.detach();
    events.end({ code: null, lost: true });
  });
  pty.onExit((exit) => {
    off();
    events.end(exit);
  });
  return {
    write: (data) => pty.write(data),
    resize: (size) => pty.resize(size),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    detach: () => {
      off();
      events.mute();
      pty.detach();
    },
    onData: (listener) => events.onData(listener),
    onExit: (listener) => events.onExit(listener),
  };
}

function forward(engine: SandboxEngine): SandboxEngine {
  return {
    name: engine.name,
    ping: () => engine.ping(),
    prepare: (...args) => engine.prepare(...args),
    create: (...args) => engine.create(...args),
    list: () => engine.list(),
    close: () => engine.close(),
  };
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
