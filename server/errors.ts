/** Errors with a meaning for the caller. Knows nothing about HTTP; `server/http` maps each code to a status. */

/** Why an operation could not be done:
 * `invalid`: the caller's input; `forbidden`; `not-found`: or not the caller's; `conflict`: not in this state;
 * `busy`: a limit is reached, later it may work; `timeout`: a deadline passed;
 * `engine-unavailable`: the engine does not answer; `lab-unavailable`: this host cannot run the lab, or it does not build;
 * `internal`: our fault, its message is not for the reader. */
export type ErrorCode =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'busy'
  | 'timeout'
  | 'engine-unavailable'
  | 'lab-unavailable'
  | 'internal';

/** The one error class of the server. The message is safe for the reader unless the code is `internal`. */
export class DrydockError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'DrydockError';
    this.code = code;
    this.details = options.details;
  }
}

/** Any thrown value as a DrydockError; what is not one already becomes `internal`. */
export function toDrydockError(error: unknown): DrydockError {
  if (error instanceof DrydockError) return error;
  return new DrydockError('internal', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
