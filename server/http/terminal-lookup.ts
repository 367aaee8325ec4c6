/** Finds the sandbox whose terminal a request names, or says why it cannot be had. Opens nothing. */
import { z } from 'zod';
import { DrydockError } from '../errors.ts';
import type { Entry } from '../sandbox/registry.ts';
import type { AppDeps } from './deps.ts';

/** The path of a terminal's calls. */
export const TERMINAL_PARAMS = z.object({
  id: z.string().describe('The sandbox'),
  name: z.string().describe('The terminal: `main`, or a further one'),
});

/** The learner's sandbox. Throws `not-found` for another's, and `conflict` with its state while it is not ready. */
export function readyEntry({ registry }: Pick<AppDeps, 'registry'>, learner: string, id: string): Entry {
  const entry = registry.get(learner, id);
  if (entry.state === 'ready') return entry;
  throw new DrydockError('conflict', entry.reason ?? `The lab is not ready, it is ${entry.state}.`, {
    details: { state: entry.state },
  });
}
