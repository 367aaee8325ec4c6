/** Bounds a wait by a deadline and a signal. Knows nothing about what is waited for. */
import { DrydockError } from '../errors.ts';

export interface Bound<T> {
  readonly ms: number;
  /** For the message of the timeout: "<what> took too long." */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
  /** Gets a result that came after the wait was given up, so that it can be thrown away properly. */
  readonly late?: (value: T) => void;
}

/**
 * What `work` gives. Rejects with `timeout` after the deadline and with the signal's reason when that is aborted,
 * both at once, even if `work` ignores the signal that it is handed.
 */
export async function within<T>(bound: Bound<T>, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  bound.signal?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new DrydockError('timeout', `${bound.what} took too long.`));
  }, bound.ms);
  const signal = bound.signal ? AbortSignal.any([bound.signal, controller.signal]) : controller.signal;
  try {
    return await raced(work(signal), signal, bound.late);
  } finally {
    clearTimeout(timer);
  }
}

/** What `promise` gives, or the signal's reason as soon as it is aborted; a later result goes to `late`. */
export function raced<T>(promise: Promise<T>, signal: AbortSignal, late?: (value: T) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let open = true;
    const settle = (act: () => void): void => {
      if (!open) return;
      open = false;
      signal.removeEventListener('abort', giveUp);
      act();
    };
    const giveUp = (): void => settle(() => reject(signal.reason));
    promise.then(
      (value) => (open ? settle(() => resolve(value)) : late?.(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** Resolves after `ms`, or at once when the signal is aborted. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', done, { once: true });
  });
}

/** The wait after the n-th failure in a row (from 1): doubling from `first`, never above `most`, in milliseconds. */
export function backOff(failures: number, first = 1000, most = 60_000): number {
  return Math.min(most, first * 2 ** Math.min(failures - 1, 20));
}
