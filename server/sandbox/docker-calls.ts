/** Calls to a Docker engine with a deadline, and what their failures mean. Knows nothing about sandboxes. */
import { DrydockError } from '../errors.ts';

/** Milliseconds an ordinary call may take: generous, since a busy engine starts containers slowly. */
export const CALL_MS = 10_000;

/** How one call to the engine is bounded. */
export interface CallOptions {
  /** What is being done, to follow "The engine did not": such as "start the sandbox". */
  readonly what: string;
  /** Milliseconds; `CALL_MS` without it. */
  readonly timeoutMs?: number;
  /** Its abort ends the wait; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes one call to the engine. `call` gets a signal that is aborted at the deadline or when the caller aborts, and
 * never after the call has settled: a stream that the call returned is not touched. Rejects with `timeout` at the
 * deadline, with the caller's reason on abort, else with what `engineError` makes of the failure.
 */
export async function engineCall<T>(
  options: CallOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  const timeoutMs = options.timeoutMs ?? CALL_MS;
  const controller = new AbortController();
  const ended = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    controller.abort(reason);
    ended.reject(reason);
  };
  const timer = setTimeout(
    () =>
      end(new DrydockError('timeout', `The engine did not ${options.what} within ${timeoutMs / 1000} s.`)),
    timeoutMs,
  );
  const onAbort = () => end(options.signal?.reason);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([call(controller.signal), ended.promise]);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : engineError(error, options.what);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** Connection failures: nobody listens, may not connect, or the engine went away during the call. */
const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'EACCES',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * What a failed call means: `engine-unavailable` where no connection could be had, `not-found` where the engine says
 * that the object is gone (or stopped, which for a sandbox is the same), else `internal`. A DrydockError stays itself.
 */
export function engineError(error: unknown, what: string): DrydockError {
  if (error instanceof DrydockError) return error;
  const { code, statusCode, message } = fieldsOf(error);
  if (code !== undefined && CONNECTION_ERRORS.has(code)) {
    return new DrydockError('engine-unavailable', `The container engine does not answer (${code}).`, {
      cause: error,
    });
  }
  const stopped = statusCode === 409 && /is not running|is paused|is restarting/.test(message);
  if (statusCode === 404 || stopped) {
    return new DrydockError('not-found', 'The sandbox is gone.', { cause: error });
  }
  return new DrydockError('internal', `The engine did not ${what}: ${message.trim()}`, { cause: error });
}

/** Whether the engine answered with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  const cause = error instanceof DrydockError ? error.cause : error;
  return fieldsOf(cause).statusCode === status;
}

function fieldsOf(error: unknown): { code?: string; statusCode?: number; message: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const statusCode =
    'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : 'unknown failure';
  return { ...(code !== undefined && { code }), ...(statusCode !== undefined && { statusCode }), message };
}
