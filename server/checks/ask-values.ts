/** Asks a sandbox for the values that only it knows. Knows nothing about who needs them. */
import type { Sandbox } from '../sandbox/engine.ts';
import { plainText } from './plain-text.ts';
import { runScript } from './run-script.ts';

/** A value and the text of the script that prints it. */
export interface AskedValue {
  readonly name: string;
  readonly script: string;
}

/** Milliseconds that one script may take. */
const TIMEOUT_MS = 5000;
/** Characters of a value: a path, an address, the long id of a container. */
const MAX_VALUE = 200;

/**
 * `known` and, by name, the first line that each script prints. Scripts run in the given order and see what is known
 * and what those before them have told. One that prints nothing there, fails, is too slow or tells more than a line
 * can hold makes its value unknown. Rejects as `runScript`.
 */
export async function askValues(
  sandbox: Sandbox,
  { known, asked }: { known: Readonly<Record<string, string>>; asked: readonly AskedValue[] },
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const values = { ...known };
  for (const { name, script } of asked) {
    const { code, stdout } = await runScript(sandbox, { script, timeoutMs: TIMEOUT_MS, values }, signal);
    const line = plainText(stdout.split('\n', 1)[0] ?? '');
    if (code === 0 && line !== '' && line.length <= MAX_VALUE) values[name] = line;
  }
  return values;
}
