/** Ends a command with a message for the person who typed it. */
import { AuthoringError } from '../server/lessons/problem.ts';
import { DrydockError } from '../server/errors.ts';

/** Prints why and exits with code 1. Only what nobody foresaw comes with a stack. */
export function exitWithMessage(error: unknown): never {
  const foreseen =
    error instanceof AuthoringError || (error instanceof DrydockError && error.code !== 'internal');
  const plain = error instanceof Error && error.constructor === Error;
  console.error(foreseen || plain ? `\n${error.message}\n` : error);
  process.exit(1);
}
