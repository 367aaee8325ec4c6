/** Real processes on this host, for the fake engine: terminals, bounded commands, and their end. Tests only. */
import { spawn as spawnChild, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { spawn as spawnInTerminal, type IPty } from 'node-pty';
import type { Off, Pty, RunLimits, RunResult } from '../../server/sandbox/engine.ts';
import { PtyEvents } from '../../server/sandbox/pty-events.ts';

/** Where and with what a process starts. */
export interface HostPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program in a terminal, which views come to and go from. */
export class HostProgram {
  readonly #terminal: IPty;
  /** Resolves with the exit code once all output has been delivered. */
  readonly ended: Promise<number>;
  #events: PtyEvents | undefined;
  #exitCode: number | undefined;

  constructor(argv: readonly string[], place: HostPlace, size: { cols: number; rows: number }) {
    const [file = 'sh', ...args] = argv;
    // No encoding: bytes, as the contract has them. The types of node-pty know strings only.
    const options = { ...size, cwd: place.folder, env: place.env, encoding: null };
    this.#terminal = spawnInTerminal(file, args, options);
    this.#terminal.onData((data) => this.#events?.push(Buffer.from(data)));
    const { promise, resolve } = Promise.withResolvers<number>();
    this.ended = promise;
    this.#terminal.onExit(({ exitCode }) => {
      this.#exitCode = exitCode;
      this.#events?.end({ code: exitCode, lost: false });
      resolve(exitCode);
    });
  }

  /** A view of the terminal from here on. The one before it hears nothing more. `onDone` is called on `detach`. */
  view(onDone: () => void): Pty {
    const events = new PtyEvents();
    this.#events = events;
    this.#terminal.resume();
    if (this.#exitCode !== undefined) events.end({ code: this.#exitCode, lost: false });
    const live = () => this.#events === events && this.#exitCode === undefined;
    return {
      write: (data) => live() && this.#terminal.write(data as unknown as string),
      resize: async (size) => {
        if (live()) this.#terminal.resize(size.cols, size.rows);
      },
      pause: () => live() && this.#terminal.pause(),
      resume: () => live() && this.#terminal.resume(),
      detach: () => {
        events.mute();
        if (this.#events !== events) return;
        this.#events = undefined;
        // An unwatched program runs freely.
        if (this.#exitCode === undefined) this.#terminal.resume();
        onDone();
      },
      onData: (listener): Off => events.onData(listener),
      onExit: (listener): Off => events.onExit(listener),
    };
  }

  /** Kills the program, and reads on although a view has paused, so that its end can be seen. */
  kill(): void {
    if (this.#exitCode !== undefined) return;
    this.#terminal.kill('SIGKILL');
    this.#terminal.resume();
  }

  /** Resolves at the program's first output, or its end. Call right after the first `view`. */
  async firstOutput(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#terminal.onData(() => resolve());
    this.#terminal.onExit(() => resolve());
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    await promise.finally(() => signal.removeEventListener('abort', onAbort));
  }
}

/** Kills every process whose environment holds the entry, such as `DRYDOCK_MARK=abc`, wherever it has moved to. */
export async function killMarked(mark: string): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    const pids = await markedPids(mark);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
  }
}

/** The processes whose environment holds the entry. */
export async function markedPids(mark: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    names.map((name) => readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')),
  );
  return names.filter((_, index) => environments[index]?.split('\0').includes(mark)).map(Number);
}

/** Keeps the promises of `Sandbox.run` with a process of this host. `mark` must be in the place's environment. */
export async function runOnHost(
  argv: readonly string[],
  limits: RunLimits,
  place: HostPlace & { readonly mark: string },
): Promise<RunResult> {
  limits.signal?.throwIfAborted();
  const [file = 'false', ...args] = argv;
  // A shell finds the program, so that a missing one is an exit code, as in a container.
  const child = spawnChild('sh', ['-c', 'exec "$@"', 'sh', file, ...args], {
    cwd: place.folder,
    env: place.env,
  });
  const stdout = capped(child.stdout, limits.maxOutputBytes);
  const stderr = capped(child.stderr, limits.maxOutputBytes);
  child.stdin.on('error', () => {});
  child.stdin.end(limits.input);
  const how = await ended(child, limits);
  if (how !== 'ended') await killMarked(place.mark);
  if (how === 'aborted') throw limits.signal?.reason;
  return {
    code: how === 'late' ? null : child.exitCode,
    stdout: stdout(),
    stderr: stderr(),
    timedOut: how === 'late',
  };
}

async function ended(
  child: ChildProcessWithoutNullStreams,
  limits: RunLimits,
): Promise<'ended' | 'late' | 'aborted'> {
  const { promise, resolve } = Promise.withResolvers<'ended' | 'late' | 'aborted'>();
  const timer = setTimeout(resolve, limits.timeoutMs, 'late');
  const onAbort = () => resolve('aborted');
  limits.signal?.addEventListener('abort', onAbort, { once: true });
  child.on('close', () => resolve('ended'));
  child.on('error', () => resolve('ended'));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', onAbort);
  }
}

function capped(stream: NodeJS.ReadableStream, max: number): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, max - size);
    parts.push(kept);
    size += kept.length;
  });
  return () => Buffer.concat(parts).toString('utf8');
}
