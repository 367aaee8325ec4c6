/** Makes a small Debian from Debian's own packages, as a tar. Knows nothing about container engines. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { DrydockError } from '../errors.ts';
import type { Waiter } from './shared-task.ts';

/** Milliseconds after which whoever waits for mmdebstrap should give it up. */
export const MMDEBSTRAP_MS = 20 * 60_000;

/** Milliseconds in which mmdebstrap may tidy up after it was told to end. */
const END_MS = 15_000;

/** What mmdebstrap prints when it begins a part of its work, and how far it is then. */
const MMDEBSTRAP_STEPS: readonly (readonly [prefix: string, progress: number, step: string])[] = [
  ['running apt-get update', 0.05, 'fetching Debian’s package lists'],
  ['downloading packages', 0.15, 'downloading Debian'],
  ['extracting archives', 0.4, 'unpacking Debian'],
  ['installing essential', 0.5, 'installing Debian'],
  ['installing remaining', 0.65, 'installing Debian'],
  ['cleaning', 0.8, 'tidying up'],
  ['creating tarball', 0.85, 'packing the base image'],
];

/**
 * Starts mmdebstrap, whose tar is to be read while it works. `done` resolves once it has ended well, and rejects with
 * `lab-unavailable` where it is missing or fails, and with the signal's reason after an abort.
 */
export function startMmdebstrap(waiter: Waiter): { tar: NodeJS.ReadableStream; done: Promise<void> } {
  const noDocs = ['doc', 'man', 'locale', 'info'].map(
    (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
  );
  const languages = '--aptopt=Acquire::Languages "none"';
  const args = ['--variant=minbase', '--include=ca-certificates', languages, ...noDocs, 'bookworm', '-'];
  // In a process group of its own: mmdebstrap leaves it to the workers in its group to be told of the end.
  const child = spawn('mmdebstrap', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => endGroup(child);
  waiter.signal.addEventListener('abort', stop, { once: true });
  if (waiter.signal.aborted) stop();
  const tail: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    tail.push(line.slice(0, 300));
    if (tail.length > 6) tail.shift();
    const found = MMDEBSTRAP_STEPS.find(([prefix]) => line.startsWith(`I: ${prefix}`));
    if (found !== undefined) waiter.onProgress({ progress: found[1], step: found[2] });
  });
  const done = once(child, 'close').then(
    ([code]) => {
      waiter.signal.throwIfAborted();
      if (code === 0) return;
      throw new DrydockError('lab-unavailable', `mmdebstrap ended with code ${code}:\n${tail.join('\n')}`);
    },
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new DrydockError('lab-unavailable', MMDEBSTRAP_MISSING, { cause: error });
    },
  );
  // Awaited later; until then a failure must not count as unhandled.
  done.catch(() => {}).finally(() => waiter.signal.removeEventListener('abort', stop));
  return { tar: child.stdout, done };
}

/** Asks a process group to end, closes its output, on which it may be waiting, and kills what remains after a while. */
function endGroup(child: ChildProcessByStdio<null, Readable, Readable>): void {
  child.stdout.destroy();
  const send = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended.
    }
  };
  send('SIGTERM');
  const timer = setTimeout(send, END_MS, 'SIGKILL');
  child.once('close', () => clearTimeout(timer));
}

const MMDEBSTRAP_MISSING =
  'Docker Hub cannot be reached, and mmdebstrap, which makes the base image without it, is not installed. ' +
  'Install it and start the lab again: apt-get install --yes mmdebstrap';
