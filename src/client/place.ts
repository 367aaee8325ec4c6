/** Where the learner would go on, as this browser remembers it, for the time before the server has told. */
import { recall, remember } from './memory.ts';

/** The script in BeforePaint.astro knows it too. */
const KEY = 'place';

/** Address of a lesson of this site. */
export function recallPlace(): string | undefined {
  const path = recall(KEY);
  return path === null ? undefined : location.origin + path;
}

/** Keeps the lesson's address; undefined forgets it. */
export function rememberPlace(address: string | undefined): void {
  remember(KEY, address === undefined ? null : new URL(address, location.origin).pathname);
}
