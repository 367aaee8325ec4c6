/** What learners have done. This file is the contract of its stores; knows nothing about sandboxes, checks or HTTP. */
import type { Progress, Verdict } from '../../protocol/api.ts';

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
  /** All of it, lessons in the order of their start, tasks in the order of passing. Unknown learner: no lessons. */
  of(learner: string): Progress;
  /** How often the task was checked, passed or not. */
  attempts(learner: string, task: TaskKey): number;
  learner(learner: string): LearnerRecord | undefined;
}

export interface TaskKey {
  readonly lesson: string;
  readonly task: string;
}

export interface Attempt {
  readonly status: Verdict['status'];
  readonly at: Date;
}
