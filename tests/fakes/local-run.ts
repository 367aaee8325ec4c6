/** A sandbox that is a temporary folder of this machine, for tests of what runs commands in one. Has no terminal. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pty, RunLimits, RunResult, Sandbox } from '../../server/sandbox/engine.ts';
import { unpackByRun } from '../../server/sandbox/unpack.ts';

export interface LocalSandbox extends Sandbox {
  /** The home folder. */
  readonly home: string;
}

/** Removed by `destroy`. */
export function localSandbox(): LocalSandbox {
  const home = mkdtempSync(path.join(tmpdir(), 'drydock-local-'));
  const noTerminal = (): Promise<Pty> => Promise.reject(new Error('no terminal here'));
  const own: Pick<Sandbox, 'run'> = { run: (argv, limits) => run(home, argv, limits) };
  return {
    home,
    ...own,
    info: { id: home, lab: 'local', image: 'local', createdAt: new Date() },
    main: noTerminal,
    open: noTerminal,
    unpack: (archive, limits) => unpackByRun(own, archive, limits),
    standBy: () => Promise.resolve(),
    standDown: () => undefined,
    alive: () => Promise.resolve(true),
    destroy: async () => rmSync(home, { recursive: true, force: true }),
  };
}

function run(home: string, argv: readonly string[], limits: RunLimits): Promise<RunResult> {
  const [command = '', ...rest] = argv;
  const env = { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' };
  const child = spawn(command, rest, { cwd: home, env, detached: true });
  let timedOut = false;
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, limits.timeoutMs);
  limits.signal?.addEventListener('abort', kill, { once: true });
  const output = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (data: Buffer) => {
      output[name] = Buffer.concat([output[name], data]).subarray(0, limits.maxOutputBytes);
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(limits.input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', kill);
      if (limits.signal?.aborted) return reject(limits.signal.reason);
      const { stdout, stderr } = output;
      resolve({
        code: timedOut ? null : code,
        stdout: stdout.toString(),
        stderr: stderr.toString(),
        timedOut,
      });
    });
  });
}
