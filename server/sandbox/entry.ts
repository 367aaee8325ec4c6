/** The words in which others speak of a learner's sandbox. Knows nothing about how it is run. */
import type { SandboxState } from '../../protocol/api.ts';

/** What a lesson asks of its sandbox. */
export interface LessonScene {
  /** `course/slug`. */
  readonly id: string;
  readonly lab: string;
  /** Files for the learner's home folder, where the lesson has some. */
  readonly filesFolder: string | undefined;
}

/** A learner's sandbox as others may see it. A new object for every change. */
export interface Entry {
  readonly id: string;
  readonly learner: string;
  /** `course/slug`. */
  readonly lesson: string;
  readonly lab: string;
  readonly state: SandboxState;
  /** While starting: from 0 to 1, where it is known. */
  readonly progress?: number | undefined;
  /** While starting: what is being done, for the learner to read. */
  readonly step?: string | undefined;
  /** Why it ended or failed, for the learner to read. */
  readonly reason?: string | undefined;
  /** Of an ended or failed one: when it would have been. */
  readonly expiresAt: Date;
  /** Grows with each reset. */
  readonly generation: number;
}

/** Whether it takes one of the places that are limited. */
export function isRunning(entry: Entry): boolean {
  return entry.state === 'starting' || entry.state === 'ready';
}
