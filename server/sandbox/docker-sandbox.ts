/** One sandbox as a Docker container. Knows nothing about images or how the container was made. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import type { Container, ContainerInspectInfo, Exec } from 'dockerode';
import { DrydockError } from '../errors.ts';
import type { Size } from '../../protocol/messages.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { DETACH_KEYS } from './docker-container.ts';
import { DockerPty } from './docker-pty.ts';
import { processMark, runCommand, signalMarked, startExec, type RunTarget } from './docker-run.ts';
import { Unpacking } from './docker-unpack.ts';
import type { Pty, RunLimits, RunResult, Sandbox, SandboxInfo } from './engine.ts';
import { furtherShell } from './main-shell.ts';
import type { UnpackLimits } from './unpack.ts';

type Exit = Parameters<Parameters<Pty['onExit']>[0]>[0];

/** Milliseconds the engine may take to remove a container: killing a busy one is slow. */
const REMOVE_MS = 30_000;

/** Milliseconds after the end of a stream in which the engine notices that its process has ended. */
const EXIT_NOTICED_MS = 2000;

export class DockerSandbox implements Sandbox {
  readonly info: SandboxInfo;
  readonly #container: Container;
  readonly #target: RunTarget;
  readonly #unpacking: Unpacking;
  readonly #onGone: () => void;
  /** Every open connection into the container; they must be closed before the engine can remove it. */
  readonly #streams = new Set<Duplex>();
  readonly #terminals = new Set<DockerPty>();
  readonly #hangups = new Set<Promise<void>>();
  #main: Promise<DockerPty> | undefined;
  #destroying: Promise<void> | undefined;

  /** `onGone` is called once `destroy` has removed the container. */
  constructor(container: Container, info: SandboxInfo, onGone: () => void) {
    this.#container = container;
    this.#target = { container, track: (stream) => this.#track(stream) };
    this.#unpacking = new Unpacking(this.#target);
    this.info = info;
    this.#onGone = onGone;
  }

  main(): Promise<Pty> {
    this.#main ??= this.#attach();
    return this.#main;
  }

  /** Makes an attached connection to the main process the one that `main` returns. */
  adoptMain(stream: Duplex): void {
    this.#main = Promise.resolve(this.#mainPty(stream));
  }

  async open(size: Size): Promise<Pty> {
    const mark = processMark();
    const exec = await engineCall({ what: 'open a terminal' }, (abortSignal) =>
      this.#container.exec({
        Cmd: furtherShell(size),
        Env: [mark],
        Tty: true,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        DetachKeys: DETACH_KEYS,
        abortSignal,
      }),
    );
    return this.#terminal(await startExec(exec, true), {
      resize: (wanted) =>
        engineCall({ what: 'resize the terminal' }, (abortSignal) =>
          exec.resize({ w: wanted.cols, h: wanted.rows, abortSignal }),
        ),
      exitOf: () => this.#exitOf(() => execState(exec)),
      onDone: (how) => {
        if (how === 'detach') this.#hangUp(mark);
      },
    });
  }

  run(argv: readonly string[], limits: RunLimits): Promise<RunResult> {
    return runCommand(this.#target, argv, limits);
  }

  unpack(archive: Uint8Array, limits: UnpackLimits): Promise<void> {
    return this.#unpacking.unpack(archive, limits);
  }

  standBy(): Promise<void> {
    return this.#unpacking.standBy();
  }

  standDown(): void {
    this.#unpacking.standDown();
  }

  async alive(): Promise<boolean> {
    try {
      return (await this.#inspect()).State.Running;
    } catch (error) {
      if (error instanceof DrydockError && error.code === 'not-found') return false;
      throw error;
    }
  }

  destroy(): Promise<void> {
    this.#destroying ??= this.#remove().catch((error: unknown) => {
      this.#destroying = undefined;
      throw error;
    });
    return this.#destroying;
  }

  /** Closes all connections without ending the sandbox. Shells that `open` started are asked to end. */
  async release(): Promise<void> {
    for (const terminal of this.#terminals) terminal.detach();
    for (const stream of this.#streams) stream.destroy();
    await Promise.all(this.#hangups);
  }

  async #attach(): Promise<DockerPty> {
    try {
      const { State } = await this.#inspect();
      if (!State.Running) throw new DrydockError('not-found', 'The sandbox has ended.');
      return this.#mainPty(await attachMain(this.#container));
    } catch (error) {
      this.#main = undefined;
      throw error;
    }
  }

  #mainPty(stream: Duplex): DockerPty {
    return this.#terminal(stream, {
      resize: (size) =>
        engineCall({ what: 'resize the terminal' }, (abortSignal) =>
          this.#container.resize({ w: size.cols, h: size.rows, abortSignal }),
        ),
      exitOf: () => this.#exitOf(async () => runningState(await this.#inspect())),
      onDone: () => (this.#main = undefined),
    });
  }

  #terminal(stream: Duplex, deps: Omit<ConstructorParameters<typeof DockerPty>[0], 'stream'>): DockerPty {
    const forget = this.#track(stream);
    const pty = new DockerPty({
      ...deps,
      stream,
      onDone: (how) => {
        forget();
        this.#terminals.delete(pty);
        deps.onDone(how);
      },
    });
    this.#terminals.add(pty);
    return pty;
  }

  #track(stream: Duplex): () => void {
    this.#streams.add(stream);
    // Opened while the sandbox was being destroyed: left open it would block the removal.
    if (this.#destroying !== undefined) stream.destroy();
    return () => this.#streams.delete(stream);
  }

  #hangUp(mark: string): void {
    const hangup = signalMarked(this.#container, mark, 'HUP').finally(() => this.#hangups.delete(hangup));
    this.#hangups.add(hangup);
  }

  #inspect(): Promise<ContainerInspectInfo> {
    return engineCall({ what: 'tell the sandbox’s state' }, (abortSignal) =>
      this.#container.inspect({ abortSignal }),
    );
  }

  /** What the end of a terminal's stream means, told by the state of the process behind it. */
  async #exitOf(state: () => Promise<{ running: boolean; code: number | null }>): Promise<Exit> {
    try {
      if (this.#destroying !== undefined) {
        await this.#destroying;
        return { code: null, lost: false };
      }
      for (let waited = 0; ; waited += 50) {
        const { running, code } = await state();
        if (!running) return { code, lost: false };
        if (waited >= EXIT_NOTICED_MS) return { code: null, lost: true };
        await sleep(50);
      }
    } catch (error) {
      const gone = error instanceof DrydockError && error.code === 'not-found';
      return { code: null, lost: !gone };
    }
  }

  async #remove(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    await removeContainer(this.#container);
    this.#onGone();
  }
}

/** Attaches to a container's terminal; what it printed before is not repeated. Returns the raw connection. */
export async function attachMain(container: Container): Promise<Duplex> {
  const stream = await engineCall({ what: 'attach to the sandbox' }, (abortSignal) =>
    container.attach({
      hijack: true,
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      logs: false,
      detachKeys: DETACH_KEYS,
      abortSignal,
    }),
  );
  return stream as Duplex;
}

/** Ends and removes a container with its volumes, whatever it is doing. Resolves also if it was gone already. */
export async function removeContainer(container: Container): Promise<void> {
  const deadline = performance.now() + REMOVE_MS;
  for (;;) {
    try {
      const timeoutMs = Math.max(1000, deadline - performance.now());
      await engineCall({ what: 'remove the sandbox', timeoutMs }, (abortSignal) =>
        container.remove({ force: true, v: true, abortSignal }),
      );
      return;
    } catch (error) {
      if (hasStatus(error, 404)) return;
      // 409: a removal is in progress already; it is done when the container is no longer found.
      if (!hasStatus(error, 409) || performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function runningState({ State }: ContainerInspectInfo): { running: boolean; code: number | null } {
  return { running: State.Running, code: State.Running ? null : State.ExitCode };
}

async function execState(exec: Exec): Promise<{ running: boolean; code: number | null }> {
  const state = await engineCall({ what: 'tell the terminal’s state' }, (abortSignal) =>
    exec.inspect({ abortSignal }),
  );
  return { running: state.Running, code: state.ExitCode };
}
