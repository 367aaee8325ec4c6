/** Bounds a wait. Knows nothing about what is waited for. */
import { DrydockError } from '../errors.ts';

/** What `promise` gives, or a rejection with `timeout` after `ms`; the promise itself goes on. */
export async function withDeadline<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new DrydockError('timeout', `${what} took longer than ${ms / 1000} s`)),
      ms,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
