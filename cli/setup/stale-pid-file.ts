/** Clears the way for a daemon that was killed. Knows nothing about which daemon. */
import { existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * Removes the file with a daemon's process id if no such daemon runs. A daemon refuses to start while the id in its file
 * is taken, be it by a zombie of its own or by another program that got the same id since.
 */
export function removeStalePidFile(file: string, program: string): void {
  if (existsSync(file) && !isRunning(readFileSync(file, 'utf8').trim(), program)) rmSync(file);
}

/** Whether the process is alive and of that name, as the kernel's `/proc/<pid>/stat` tells. */
function isRunning(pid: string, program: string): boolean {
  try {
    const [, name, state] = /^\d+ \((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === program && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}
