/** Waits until a started sandbox may be handed out, as its lab's probe says. Knows nothing about engines. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../../protocol/lab.ts';
import { DrydockError } from '../errors.ts';
import type { RunResult, Sandbox } from './engine.ts';

/** Milliseconds between two tries: short at first, since most labs are ready soon, then easier on the machine. */
const FIRST_PAUSE_MS = 100;
const MOST_PAUSE_MS = 1000;

/** Milliseconds that one try may take: a daemon that hangs must not keep the probe from trying again. */
const TRY_MS = 10_000;

/** Bytes of a try's output that are read, and characters of it that an error tells. */
const OUTPUT_BYTES = 4096;
const TOLD_CHARACTERS = 500;

/**
 * Resolves when the lab's probe exits with 0; at once for a lab without one. Rejects with `timeout` and the probe's last
 * words after the lab's `readySeconds`, with `lab-unavailable` where the sandbox ended meanwhile, and with the signal's
 * reason. The sandbox is left as it is.
 */
export async function untilReady(
  sandbox: Pick<Sandbox, 'run'>,
  { ready, readySeconds, title }: Pick<Lab, 'ready' | 'readySeconds' | 'title'>,
  signal: AbortSignal,
): Promise<void> {
  if (ready === undefined) return;
  const deadline = performance.now() + readySeconds * 1000;
  let last = 'it was not tried to its end';
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(MOST_PAUSE_MS, pause * 1.3)) {
    const left = deadline - performance.now();
    if (left <= 0) break;
    const timeoutMs = Math.ceil(Math.min(TRY_MS, left));
    const result = await sandbox
      .run(ready, { timeoutMs, maxOutputBytes: OUTPUT_BYTES, signal })
      .catch((error: unknown) => {
        throw asEnd(error, title);
      });
    if (result.code === 0) return;
    last = lastWords(result);
    await sleep(Math.max(0, Math.min(pause, deadline - performance.now())), undefined, { signal }).catch(
      () => {
        throw signal.reason;
      },
    );
  }
  const message = `${title} was not ready within ${readySeconds} s. "${ready.join(' ')}" says: ${last}`;
  throw new DrydockError('timeout', message);
}

function asEnd(error: unknown, title: string): unknown {
  if (!(error instanceof DrydockError) || error.code !== 'not-found') return error;
  return new DrydockError('lab-unavailable', `${title} ended before it was ready.`, { cause: error });
}

/** What a failed try printed, its end, or how it ended where it printed nothing. */
function lastWords({ code, stdout, stderr }: RunResult): string {
  const text = (stderr.trim() || stdout.trim()).slice(-TOLD_CHARACTERS);
  if (text !== '') return text;
  return code === null ? 'nothing, it hangs' : `nothing, it ended with code ${code}`;
}
