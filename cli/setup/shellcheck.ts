/** Finds shellcheck, which looks at the scripts of lessons, or installs Debian's. */
import { canInstall, findProgram, installCommand, installPackages } from './apt.ts';

const PACKAGE = 'shellcheck';

/** Its path; undefined where it is not installed. */
export function findShellcheck(): string | undefined {
  return findProgram('shellcheck');
}

/** The command that a person would type to install it. */
export function shellcheckCommand(): string {
  return installCommand([PACKAGE]);
}

/** Its path. Rejects with the command to run where it cannot be installed. */
export async function ensureShellcheck(say: (line: string) => void): Promise<string> {
  const found = findShellcheck();
  if (found !== undefined) return found;
  if (!canInstall()) {
    throw new Error(
      `The scripts of lessons are checked by shellcheck. Install it:\n  ${shellcheckCommand()}`,
    );
  }
  say('installing shellcheck (apt-get)');
  await installPackages([PACKAGE], () => undefined);
  return findShellcheck() ?? Promise.reject(new Error('shellcheck was installed but is not on the PATH.'));
}
