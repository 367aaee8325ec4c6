/** The form in which tests tell what learners may do wrong. Knows no lesson in particular. */

/** Lines typed after those of the steps before, and what a check says then. */
export interface Step {
  readonly task: string;
  readonly type: readonly string[];
  /** Part of the message of a check that has not passed. */
  readonly says?: string;
  /** The check passes: an unusual way is a way too. */
  readonly passes?: true;
}

/** The steps of each lesson, by the lesson's id. */
export type Mistakes = Readonly<Record<string, readonly Step[]>>;
