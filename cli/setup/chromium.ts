/** Finds the browser for the browser tests, or installs Debian's. */
import { canInstall, findProgram, installCommand, installPackages } from './apt.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium. `CHROMIUM_PATH` wins. Rejects with the command to run where it cannot be installed. */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  const packages = ['chromium', 'fonts-liberation'];
  if (!canInstall())
    throw new Error(`The browser tests need Chromium. Install it:\n  ${installCommand(packages)}`);
  say('installing Chromium (apt-get)');
  await installPackages(packages, () => undefined);
  return findChromium() ?? Promise.reject(new Error('Chromium was installed but is not on the PATH.'));
}

function findChromium(): string | undefined {
  return (
    process.env['CHROMIUM_PATH'] ?? NAMES.map((name) => findProgram(name)).find((file) => file !== undefined)
  );
}
