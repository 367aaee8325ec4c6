/** Runs a task's check in a sandbox and gives a verdict. Knows nothing about lessons, learners or backends. */
import type { Verdict } from '../../protocol/api.ts';
import type { RunResult, Sandbox } from '../sandbox/engine.ts';
import { head, plainText, tail } from './plain-text.ts';
import { runScript, type Script } from './run-script.ts';

/** One check. Exit code 0: passed; 1: not yet, its stdout says what is missing; 75: not yet, but it will come by
 * itself; any other: the check is faulty. */
export interface Check extends Script {
  /** Gets what the author needs to know when the check is faulty. */
  readonly onFault?: (fault: ScriptFault) => void;
}

/** What an author needs to mend a script. Plain text, bounded. */
export interface ScriptFault {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `EX_TEMPFAIL` of sysexits.h. */
const WAITING = 75;
/** Characters of a message. */
export const MAX_MESSAGE = 2000;

/**
 * The verdict on the sandbox as it is. Checks of one sandbox run one after the other. Rejects with `busy` when too many
 * wait, with what the engine rejects with when there is no telling, and with the signal's reason.
 */
export async function runCheck(sandbox: Sandbox, check: Check, signal: AbortSignal): Promise<Verdict> {
  const result = await runScript(sandbox, check, signal);
  const verdict = judge(result, check);
  if (verdict.status === 'error') check.onFault?.(faultOf(result));
  return { ...verdict, durationMs: result.durationMs };
}

/** What a script printed and how it ended, for its author. */
export function faultOf({ code, stdout, stderr }: RunResult): ScriptFault {
  return { code, stdout: plainText(stdout), stderr: plainText(stderr) };
}

/** What a script says to a learner: plain text without the character that the bound on output may have cut. */
export function saidBy({ stdout }: Pick<RunResult, 'stdout'>): string {
  return plainText(stdout.endsWith('\ufffd') ? stdout.slice(0, -1) : stdout);
}

function judge(result: RunResult, { timeoutMs }: Check): Omit<Verdict, 'durationMs'> {
  if (result.timedOut) {
    const seconds = Math.round(timeoutMs / 100) / 10;
    const message = `The check was stopped because it took longer than ${seconds} s. Try again.`;
    return { status: 'timeout', message };
  }
  const said = saidBy(result);
  const missing = head(said, MAX_MESSAGE) || 'Not yet.';
  if (result.code === 0) return { status: 'passed', message: tail(said, MAX_MESSAGE) || 'Passed' };
  if (result.code === 1) return { status: 'failed', message: missing };
  if (result.code === WAITING) return { status: 'failed', message: missing, waiting: true };
  return { status: 'error', message: 'This check is faulty; it is not your fault.' };
}
