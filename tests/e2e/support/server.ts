/** Starts Drydock as its user does, in a process of its own with a data folder of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const START_DEADLINE = 120_000;

export interface RunningServer {
  readonly address: string;
  readonly pid: number;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** A data folder, and the sandboxes of the installation that it belongs to. */
export interface Installation {
  readonly folder: string;
  /** Engine ids of this installation's containers, running or not. */
  containers(): string[];
  /** Removes the containers and the folder. */
  remove(): void;
}

export function createInstallation(): Installation {
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-e2e-'));
  const containers = (): string[] => {
    const instance = readFileSync(path.join(folder, 'instance'), 'utf8');
    const filter = ['--filter', `label=drydock.instance=${instance}`];
    const { stdout } = spawnSync('docker', ['ps', '-aq', ...filter], { encoding: 'utf8', timeout: 30_000 });
    return stdout.split('\n').filter((line) => line !== '');
  };
  const remove = (): void => {
    const left = containers();
    if (left.length > 0) spawnSync('docker', ['rm', '-fv', ...left], { timeout: 60_000 });
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, containers, remove };
}

/** Runs `npm run up` without its first step. Resolves when it says its address. */
export function startServer(installation: Installation, port = 0): Promise<RunningServer> {
  return startCommand({ command: 'up', root: ROOT, port }, installation);
}

/** What to start: a command of `cli/`, in this or a copied tree. */
export interface Start {
  readonly command: 'up' | 'dev';
  readonly root: string;
  readonly port: number;
}

/** Runs a command that serves. Resolves when it says its address. */
export async function startCommand(start: Start, installation: Installation): Promise<RunningServer> {
  const settings = ['--port', `${start.port}`, '--data', installation.folder, '--log-level', 'warn'];
  const args = [path.join(start.root, 'cli', `${start.command}.ts`), ...settings];
  const child = spawn(process.execPath, args, { cwd: start.root, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await addressOf(child);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  return {
    address,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
    stop: async () => {
      child.kill('SIGINT');
      return (await exit)[0];
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail('it said no address in time'), START_DEADLINE);
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`Drydock did not start: ${why}\n${output}`));
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const address = /Drydock is ready at (http:[^\s;]+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.once('exit', (code) => fail(`it ended with code ${code}`));
  });
}
