/** Runs one bounded command in a running container. Knows nothing about terminals or who owns the container. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Exec } from 'dockerode';
import { DrydockError } from '../errors.ts';
import { engineCall } from './docker-calls.ts';
import { Demux } from './docker-demux.ts';
import type { RunLimits, RunResult } from './engine.ts';

/** Milliseconds beyond its deadline after which `timeout`, inside, ends a command that could not be killed from
 * outside, because this server or the engine has gone away. */
const FALLBACK_MS = 2000;

/** Name of the environment variable by which all processes of one command or terminal are found again. */
const MARK = 'DRYDOCK_MARK';

/** Milliseconds until it is given up to wait for the end of marked processes. */
const SIGNAL_MS = 10_000;

/**
 * Sends the signal $2 to every process whose environment holds $1, also those that left the process group. Builtins
 * only: it must work where the limit of processes is reached. Killing goes on until none is found, since processes that
 * fork without end are faster than one round.
 */
const SIGNAL_MARKED = `
for round in {1..30}; do
  found=no
  for process in /proc/[0-9]*; do
    { while IFS= read -r -d '' entry; do
      [ "$entry" = "$1" ] && kill -"$2" "\${process#/proc/}" && found=yes && break
    done <"$process/environ"; } 2>/dev/null
  done
  [ "$2" = KILL ] && [ "$found" = yes ] || break
done
true
`;

/** A fresh environment entry that marks the processes of one command or terminal. */
export function processMark(): string {
  return `${MARK}=${randomBytes(12).toString('hex')}`;
}

/** Sends a signal to all processes that carry the mark. Best effort: resolves also where it failed. */
export async function signalMarked(container: Container, mark: string, name: 'HUP' | 'KILL'): Promise<void> {
  const Cmd = ['bash', '--norc', '--noprofile', '-c', SIGNAL_MARKED, 'drydock-signal', mark, name];
  try {
    const exec = await engineCall({ what: 'end a command' }, (abortSignal) =>
      container.exec({ Cmd, AttachStdout: true, AttachStderr: true, abortSignal }),
    );
    const stream = await startExec(exec, false);
    const ended = Promise.withResolvers<void>();
    stream.on('close', ended.resolve).on('error', () => {});
    stream.resume();
    await Promise.race([ended.promise, sleep(SIGNAL_MS, undefined, { ref: false })]);
    stream.destroy();
  } catch {
    // The container or the engine is gone, and the processes with it; or `destroy` will end them.
  }
}

/** Starts an exec and returns its raw connection. */
export function startExec(exec: Exec, tty: boolean): Promise<Duplex> {
  return engineCall({ what: 'start a command' }, (abortSignal) =>
    exec.start({ hijack: true, stdin: true, Tty: tty, Detach: false, abortSignal }),
  );
}

/** What `runCommand` works on. */
export interface RunTarget {
  readonly container: Container;
  /** Told the connection as soon as it is open, so that the sandbox can close it; returns the function that forgets it. */
  readonly track: (stream: Duplex) => () => void;
}

/** `Sandbox.run` for a container. Aborted, it kills the command and rejects with the signal's reason. */
export async function runCommand(
  target: RunTarget,
  argv: readonly string[],
  limits: RunLimits,
): Promise<RunResult> {
  if (argv.length === 0) throw new DrydockError('invalid', 'Expected a command to run, found an empty list.');
  const mark = processMark();
  const { exec, stream } = await begin(target.container, { argv, limits, mark });
  const forget = target.track(stream);
  try {
    const demux = new Demux(limits.maxOutputBytes);
    const how = await follow(stream, demux, limits);
    const code = how === 'aborted' ? null : await exitCode(exec, how);
    // Late with an exit code: what the command left behind holds its output open, and its time is up too.
    if (how !== 'ended') await signalMarked(target.container, mark, 'KILL');
    if (how === 'aborted') throw limits.signal?.reason;
    return { code, ...demux.text(), timedOut: code === null };
  } finally {
    forget();
    stream.destroy();
  }
}

async function begin(
  container: Container,
  { argv, limits, mark }: { argv: readonly string[]; limits: RunLimits; mark: string },
): Promise<{ exec: Exec; stream: Duplex }> {
  limits.signal?.throwIfAborted();
  const exec = await engineCall({ what: 'run a command', signal: limits.signal }, (abortSignal) =>
    container.exec({
      Cmd: ['timeout', '--kill-after=1', `${(limits.timeoutMs + FALLBACK_MS) / 1000}`, ...argv],
      Env: [mark],
      AttachStdin: limits.input !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      abortSignal,
    }),
  );
  return { exec, stream: await startExec(exec, false) };
}

/** Feeds the input, collects the output, and says how it came to its end. */
async function follow(
  stream: Duplex,
  demux: Demux,
  limits: RunLimits,
): Promise<'ended' | 'late' | 'aborted'> {
  const { promise, resolve } = Promise.withResolvers<'ended' | 'late' | 'aborted'>();
  const timer = setTimeout(resolve, limits.timeoutMs, 'late');
  const onAbort = () => resolve('aborted');
  limits.signal?.addEventListener('abort', onAbort, { once: true });
  if (limits.signal?.aborted) onAbort();
  stream.on('data', (chunk: Buffer) => demux.push(chunk));
  stream.on('end', () => resolve('ended'));
  stream.on('close', () => resolve('ended'));
  // A command that ends without reading its input breaks the connection's writing side: not an error of the command.
  stream.on('error', () => {});
  if (limits.input !== undefined) stream.end(limits.input);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * The exit code of a command, null while it still runs after its deadline. A command may have ended in time although
 * its output has not, when it left a process behind that holds the output open.
 * Rejects with `not-found` where the container ended before the command.
 */
async function exitCode(exec: Exec, how: 'ended' | 'late'): Promise<number | null> {
  for (let waited = 0; ; waited += 20) {
    const state = await engineCall({ what: 'tell a command’s result' }, (abortSignal) =>
      exec.inspect({ abortSignal }),
    );
    if (!state.Running && state.ExitCode !== null) return state.ExitCode;
    if (!state.Running) throw new DrydockError('not-found', 'The sandbox ended during the command.');
    if (how === 'late') return null;
    if (waited > 2000) throw new DrydockError('timeout', 'The engine lost the command’s output.');
    await sleep(20);
  }
}
