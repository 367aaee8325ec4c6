/** Runs a task's check in a sandbox and gives a verdict. Knows nothing about lessons, learners or backends. */
import type { Verdict } from '../../protocol/api.ts';
import type { RunResult, Sandbox } from '../sandbox/engine.ts';
import { head, plainText, tail } from './plain-text.ts';
import { Turns } from './turns.ts';

/** One check, as its author wrote it. */
export interface Check {
  /** A bash script. Exit code 0: passed; 1: not yet, its stdout says what is missing; any other: the check is faulty. */
  readonly script: string;
  readonly timeoutMs: number;
  /** Gets what the author needs to know when the check is faulty. */
  readonly onFault?: (fault: CheckFault) => void;
}

export interface CheckFault {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_OUTPUT_BYTES = 4096;
const MAX_MESSAGE = 2000;
/** Checks that may wait for their turn in one sandbox. */
const MAX_WAITING = 3;

/**
 * The script comes on stdin and is read by bash from a pipe: in an argument it would be limited in length and would
 * find itself in the process list, where checks look for the learner's programs. Its own stdin is empty.
 */
const RUN_STDIN = [
  'bash',
  '--noprofile',
  '--norc',
  '-c',
  'exec bash --noprofile --norc <(exec cat) </dev/null',
];

const turns = new Turns<Sandbox>(MAX_WAITING);

/**
 * The verdict on the sandbox as it is. Checks of one sandbox run one after the other. Rejects with `busy` when too many
 * wait, with what the engine rejects with when there is no telling, and with the signal's reason.
 */
export function runCheck(sandbox: Sandbox, check: Check, signal: AbortSignal): Promise<Verdict> {
  return turns.take(sandbox, signal, async () => {
    const began = performance.now();
    const result = await sandbox.run(RUN_STDIN, {
      timeoutMs: check.timeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      input: new TextEncoder().encode(check.script),
      signal,
    });
    const verdict = judge(result, check);
    if (verdict.status === 'error') check.onFault?.(faultOf(result));
    return { ...verdict, durationMs: Math.round(performance.now() - began) };
  });
}

function judge(result: RunResult, { timeoutMs }: Check): Omit<Verdict, 'durationMs'> {
  if (result.timedOut) {
    const seconds = Math.round(timeoutMs / 100) / 10;
    const message = `The check was stopped because it took longer than ${seconds} s. Try again.`;
    return { status: 'timeout', message };
  }
  const said = plainText(withoutCutCharacter(result.stdout));
  if (result.code === 0) return { status: 'passed', message: tail(said, MAX_MESSAGE) || 'Passed' };
  if (result.code === 1) return { status: 'failed', message: head(said, MAX_MESSAGE) || 'Not yet.' };
  return { status: 'error', message: 'This check is faulty; it is not your fault.' };
}

function faultOf({ code, stdout, stderr }: RunResult): CheckFault {
  return { code, stdout: plainText(stdout), stderr: plainText(stderr) };
}

/** The bound on the output may have cut its last character. */
function withoutCutCharacter(text: string): string {
  return text.endsWith('\ufffd') ? text.slice(0, -1) : text;
}
