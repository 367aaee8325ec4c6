/** Repeats a call until the server has an answer to it. Knows nothing about what is called. */
import { CallError } from './api.ts';
import { backoff, pause } from './backoff.ts';
import type { Wake } from './backoff.ts';
import type { Trouble } from './lab-state.ts';

/** What patience needs of its surroundings. */
export interface PatienceDeps {
  engineAnswers(): Promise<boolean>;
  /** Says when to try at once. */
  readonly wake: Wake;
  /** Told each time that a call meets trouble. */
  trouble(trouble: Trouble): void;
}

/** The trouble that a failed call means, or undefined where the server gave its answer: a refusal for good. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof CallError)) return undefined;
  if (error.failure === 'offline') return 'offline';
  if (error.failure !== 'refused') return 'server';
  return error.code === 'engine-unavailable' ? 'engine' : undefined;
}

/**
 * Resolves with what `call` gives, calling it again while there is trouble and, after `engine-unavailable`, once the
 * engine is back. Rejects with the server's refusal; resolves with undefined once the signal aborts.
 * `call` must be harmless to repeat.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  deps: PatienceDeps,
): Promise<T | undefined> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      const answer = await call();
      return signal.aborted ? undefined : answer;
    } catch (error) {
      const trouble = troubleOf(error);
      if (signal.aborted) return undefined;
      if (trouble === undefined) throw error;
      deps.trouble(trouble);
      // Not below a second: the call may be dear to a server that has just come back.
      await pause(1000 + backoff(failures), signal, deps.wake);
      if (trouble === 'engine') await engineBack(signal, deps);
    }
  }
  return undefined;
}

async function engineBack(signal: AbortSignal, deps: PatienceDeps): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    // Any other trouble shows when the call itself is tried again.
    if (await deps.engineAnswers().catch(() => true)) return;
    await pause(1000 + backoff(failures), signal, deps.wake);
  }
}
