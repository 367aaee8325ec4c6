/** How a bash is started so that it marks its prompts and commands. Knows nothing about sandboxes or who reads marks. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Given to the shell on a descriptor, so that nothing of it lies in the learner's environment or folders. */
const SCRIPT = readFileSync(path.join(import.meta.dirname, 'shell-integration.bash'), 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'))
  .join('\n');

/**
 * A command of `sh` that starts an interactive bash with `options`, such as `--login`, which then says in marks of the
 * kind OSC 133 where its prompts are and how its commands end; see shell-integration.bash. Without `--login` it reads
 * none of the learner's files. `prefix` may be `exec`. Ends with a line end; needs `env` of coreutils and /dev/fd.
 */
export function startBash(options: string, prefix = ''): string {
  return `${prefix} env ENV=/dev/fd/9 bash --posix ${options} 9<<'DRYDOCK'\n${SCRIPT}\nDRYDOCK\n`;
}
