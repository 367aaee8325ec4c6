/** What the page says when a command cannot be typed. Pure. */
import { CallError } from './api.ts';
import type { TypingConflict } from './lesson-api.ts';

/** The question before typing although the prompt is not free. */
export function conflictWords({ reason, line }: TypingConflict): { text: string; code: string } {
  switch (reason) {
    case 'running':
      return {
        text: 'Something is running in the terminal. Wait until it is done, or end it with Ctrl+C. Typed anyway, the command goes to that program.',
        code: line,
      };
    case 'line-not-empty':
      return {
        text: 'Something already stands at the prompt. Typed anyway, the command is added to it:',
        code: line,
      };
    case 'typing':
      return { text: 'Another command is still being typed. Wait a moment, then press again.', code: line };
  }
}

/** Why nothing was typed, or why that is not known; it is never tried again by itself. */
export function failureWords(error: unknown): string {
  if (!(error instanceof CallError)) return 'The page made a mistake. Nothing was typed.';
  switch (error.failure) {
    case 'refused':
      return `It was not typed: ${error.message}`;
    case 'offline':
      return 'You are offline, so it may not have been typed. Look at the terminal before you press again.';
    default:
      return 'The server did not answer, so it may not have been typed. Look at the terminal before you press again.';
  }
}

/** Said where values of a command are not known. */
export function missingWords(missing: readonly string[], running: boolean): string {
  if (!running) return 'Start the lab first: this command needs a value from it.';
  const names = missing.map((name) => name.replaceAll('_', ' ')).join(', ');
  return `This command needs a value that your lab does not have yet: ${names}.`;
}
