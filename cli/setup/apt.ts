/** Installs Debian packages where that is possible. Knows nothing about what they are for. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.ts';

/** Whether this process may install packages with apt-get. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/** Path of a program on the PATH or in a system folder, which the PATH of an ordinary user may lack. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    '/usr/sbin',
    '/sbin',
    '/usr/local/sbin',
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** The command that a person would type to install these packages. */
export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Installs packages. Rejects with apt's own last lines. */
export async function installPackages(
  packages: readonly string[],
  onLine: (line: string) => void,
): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  // Another apt may run, as on a machine that has just booted: wait for it rather than fail.
  const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'] as const;
  await runCommand([...apt, 'update'], { onLine, env, timeoutMs: 300_000 });
  await runCommand([...apt, 'install', '-y', '--no-install-recommends', ...packages], {
    onLine,
    env,
    timeoutMs: 900_000,
  });
}
