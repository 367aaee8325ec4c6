/** Who may have one more sandbox. Knows nothing about how sandboxes are started. */
import { DrydockError } from '../errors.ts';

export interface Limits {
  /** Sandboxes that one learner may have at the same time. */
  readonly perLearner: number;
  /** Sandboxes that all learners together may have at the same time. */
  readonly total: number;
}

interface Occupant {
  readonly learner: string;
  readonly lesson: string;
}

/** Throws `busy` where `learner` may not have one more beside those that run or start. */
export function checkLimits(running: readonly Occupant[], learner: string, limits: Limits): void {
  const lessons = running.filter((occupant) => occupant.learner === learner).map(({ lesson }) => lesson);
  if (lessons.length >= limits.perLearner) {
    const labs = limits.perLearner === 1 ? 'one lab' : `${limits.perLearner} labs`;
    const which = lessons.map((lesson) => `"${lesson}"`).join(' or ');
    const message = `You can have ${labs} at the same time. End the lab of ${which} first.`;
    throw new DrydockError('busy', message, { details: { lessons } });
  }
  if (running.length >= limits.total) {
    throw new DrydockError('busy', 'All places for labs are taken. Try again in a few minutes.');
  }
}
