/** What learners have done. This file is the contract of its stores; knows nothing about sandboxes, checks or HTTP. */
import type { HelpKind, Progress, Verdict } from '../../protocol/api.ts';

/** One learner as the store knows them. */
export interface LearnerRecord {
  readonly id: string;
  readonly createdAt: Date;
  /** Accurate to a minute. */
  readonly seenAt: Date;
}

/**
 * Every call takes effect before it returns and survives a crash of the process after that. Calls may come in any
 * order: a task of a lesson that was never started starts it, an unknown learner becomes known.
 */
export interface ProgressStore {
  /** The learner was here. The first time is kept as the creation, the latest as the last sight. */
  seen(learner: string, at: Date): void;
  /** The learner started the lesson's lab. The first time is kept. */
  started(learner: string, lesson: string, at: Date): void;
  /** A check of the task gave a verdict; counts it. */
  attempt(learner: string, task: TaskKey, attempt: Attempt): void;
  /** The learner passed the task. The first time is kept. */
  passed(learner: string, lesson: string, task: string, at: Date): void;
  /** The learner took help with the task; each time is kept, up to `MAX_HELP` of a lesson. */
  help(learner: string, task: TaskKey, help: Help): void;
  /** All of it, lessons in the order of their start, tasks in the order of passing, help in that of time. Unknown
   * learner: no lessons. Never with `finishedAt`: the store does not know which tasks a lesson has. */
  of(learner: string): Progress;
  /** How often the task was checked, passed or not. */
  attempts(learner: string, task: TaskKey): number;
  learner(learner: string): LearnerRecord | undefined;
}

export interface TaskKey {
  readonly lesson: string;
  readonly task: string;
}

/** Help with one lesson that is kept for a learner: far more than a lesson has, and a bound for who asks in a loop. */
export const MAX_HELP = 200;

export interface Help {
  readonly kind: HelpKind;
  readonly at: Date;
}

export interface Attempt {
  readonly status: Verdict['status'];
  readonly at: Date;
}
