/** The words for what can go wrong while a lesson is proven. Knows how to say it, not when. */
import type { ScriptFault } from '../../../server/checks/run-check.ts';
import type { CheckReport } from './bench.ts';

/** What a check said or did, in the words of a message. */
export function saidByCheck({ status, message, fault, waiting }: CheckReport): string {
  if (status === 'passed') return `exit code 0: "${oneLine(message)}"`;
  if (status === 'timeout') return 'that it never ended: it was stopped after its "timeoutSeconds"';
  if (fault) return howItEnded(fault);
  return `exit code ${waiting ? 75 : 1}: "${oneLine(message)}"`;
}

/** How a faulty script ended, with what it printed last. */
export function howItEnded({ code, stdout, stderr }: ScriptFault): string {
  const how =
    code === null
      ? 'that it never ended'
      : code > 128
        ? `its end by signal ${code - 128}`
        : `exit code ${code}`;
  const said = oneLine(`${stderr}\n${stdout}`.trim());
  return said === '' ? how : `${how}: "${said}"`;
}

/** The advice that fits to a check that neither passed nor failed. */
export function adviceOnFault(fault: ScriptFault | undefined): string {
  if (fault === undefined) return 'look for a loop or a command that waits';
  const code = fault.code ?? 0;
  if (code > 128) return 'a check must not end its own shell; "exit 1" says not yet';
  return 'exit with 0 (passed), 1 (not yet) or 75 (comes by itself); anything else is a fault of the script';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}
