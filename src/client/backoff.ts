/** Waits between attempts, growing and spread out. Knows nothing about what is attempted. */

/** First and longest wait before a new attempt, in milliseconds. */
export const SHORTEST = 250;
export const LONGEST = 8000;

/**
 * Milliseconds to wait before attempt number `failures` + 1: "full jitter" between 0 and a bound that doubles from
 * `SHORTEST` to `LONGEST`, so that a class whose server restarts does not come back all at once.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST, SHORTEST * 2 ** Math.min(failures, 16));
}

/** Something that says "try now": calls the listener each time, until the returned function is called. */
export type Wake = (listener: () => void) => () => void;

/** Resolves after `ms` milliseconds, or earlier when `wake` or the signal fires. Never rejects. */
export function pause(ms: number, signal: AbortSignal, wake: Wake = () => () => {}): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      off();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    const off = wake(done);
    signal.addEventListener('abort', done);
  });
}
