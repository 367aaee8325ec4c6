/** Runs a task's hint script in a sandbox. Knows nothing about lessons, learners or backends. */
import type { HintAnswer } from '../../protocol/api.ts';
import type { Sandbox } from '../sandbox/engine.ts';
import { head } from './plain-text.ts';
import { faultOf, MAX_MESSAGE, saidBy, type ScriptFault } from './run-check.ts';
import { runScript, type Script } from './run-script.ts';

/** A hint script. Exit code 0: stdout is the hint; any other, or none in time: the script is faulty. */
export interface Hint extends Script {
  /** Gets what the author needs to know. */
  readonly onFault: (fault: ScriptFault) => void;
}

/** What the script says about the sandbox as it is; nothing where it is faulty. Rejects as `runScript`. */
export async function runHint(sandbox: Sandbox, hint: Hint, signal: AbortSignal): Promise<HintAnswer> {
  const result = await runScript(sandbox, hint, signal);
  if (result.code === 0) return { message: head(saidBy(result), MAX_MESSAGE) };
  hint.onFault(faultOf(result));
  return { message: '' };
}
