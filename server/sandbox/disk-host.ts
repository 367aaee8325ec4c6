/** What folders and deleted files hold on this host's disk. Needs root for folders of others; knows no engine. */
import { execFile } from 'node:child_process';
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DrydockError } from '../errors.ts';

const execute = promisify(execFile);

/**
 * Added for every file and folder, in bytes: files without content take room too, and a disk has about one inode for
 * each 16 KB. So a limit on bytes bounds the number of files as well.
 */
export const PER_FILE = 4096;

/** Types of file systems that live in memory, as `statfs` tells them: tmpfs, ramfs, hugetlbfs. */
const IN_MEMORY = new Set([0x01021994, 0x858458f6, 0x958458f6]);

/** Bytes that may still be written to the folder's file system, less `PER_FILE` for each inode in use. Undefined where
 * there is no such folder. It falls as sandboxes write, and that is all that it says. */
export async function roomOf(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize, ffree } = await statfs(folder);
    return bavail * bsize + ffree * PER_FILE;
  } catch {
    return undefined;
  }
}

/** Bytes that the folders hold together, `PER_FILE` for each file included. Does not leave their file systems. Files
 * that come and go meanwhile may be counted or not. Rejects with the signal's reason, or where nothing was read. */
export async function sizeOf(folders: readonly string[], signal: AbortSignal): Promise<number> {
  if (folders.length === 0) return 0;
  const [kilobytes, files] = await Promise.all([
    total(['-skx', '--', ...folders], signal),
    total(['-sx', '--inodes', '--', ...folders], signal),
  ]);
  return kilobytes * 1024 + files * PER_FILE;
}

/** The sum of the first column of `du`. */
async function total(args: readonly string[], signal: AbortSignal): Promise<number> {
  const output = await run('du', args, signal);
  const lines = output.split('\n').filter((line) => line !== '');
  if (lines.length === 0) throw new DrydockError('not-found', 'The sandbox’s folders are gone.');
  return lines.reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
}

/** A program's output, also where it complains, as `du` does about files that vanish. */
async function run(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await execute(program, [...args], {
      signal,
      killSignal: 'SIGKILL',
      env: { LC_ALL: 'C' },
    });
    return stdout;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string') return error.stdout;
    throw error;
  }
}

/** The processes of this host by container id: whose cgroup's path holds an id of 64 hexadecimal digits. */
export async function processesByContainer(): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  for (const pid of pids) {
    const cgroups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    const id = /[/-]([0-9a-f]{64})(?![0-9a-f])/.exec(cgroups)?.[1];
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), pid]);
  }
  return found;
}

/**
 * Bytes of deleted files that the processes still hold open or mapped: their room comes back only when they end, and no
 * folder shows them. Processes that end meanwhile count as nothing.
 */
export async function deletedBytes(pids: readonly number[], signal: AbortSignal): Promise<number> {
  const files = new Map<string, number>();
  for (const pid of pids) {
    signal.throwIfAborted();
    for (const path of [...(await openFiles(pid)), ...(await mappedFiles(pid))]) {
      const status = await stat(path).catch(() => undefined);
      if (!status?.isFile() || status.nlink > 0 || status.blocks === 0) continue;
      const key = `${status.dev}:${status.ino}`;
      if (files.has(key) || (await inMemory(path))) continue;
      files.set(key, status.blocks * 512 + PER_FILE);
    }
  }
  return [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
}

async function openFiles(pid: number): Promise<string[]> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  return names.map((name) => `/proc/${pid}/fd/${name}`);
}

async function mappedFiles(pid: number): Promise<string[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8').catch(() => '');
  const deleted = maps.split('\n').filter((line) => line.endsWith(' (deleted)'));
  return deleted.map((line) => `/proc/${pid}/map_files/${line.split(' ', 1)[0]}`);
}

async function inMemory(path: string): Promise<boolean> {
  const system = await statfs(path).catch(() => undefined);
  return system === undefined || IN_MEMORY.has(system.type);
}
