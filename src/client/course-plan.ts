/** Works out where a learner is in a course. Pure. */

/** A lesson, and how many of its tasks are passed. */
export interface PlannedLesson {
  readonly minutes: number;
  readonly total: number;
  readonly passed: number;
}

export interface CoursePlan {
  /** Whether any task is passed. */
  readonly begun: boolean;
  /** Index of the lesson to go on with: the first after the last one touched that is not done, else the first of all
   * that is not; -1 once all are done. */
  readonly next: number;
  /** What is left, each task taken to be as long as the others of its lesson; rounded to 5 minutes. */
  readonly minutesLeft: number;
}

/** The plan for the lessons in their order. */
export function coursePlan(lessons: readonly PlannedLesson[]): CoursePlan {
  const open = lessons.map(({ passed, total }) => passed < total);
  const touched = lessons.findLastIndex(({ passed }) => passed > 0);
  const after = open.findIndex((isOpen, index) => isOpen && index >= touched);
  const minutes = lessons.reduce(
    (sum, { minutes, total, passed }) => sum + (total === 0 ? 0 : (minutes * (total - passed)) / total),
    0,
  );
  return {
    begun: touched >= 0,
    next: after === -1 ? open.indexOf(true) : after,
    minutesLeft: minutes === 0 ? 0 : Math.max(5, Math.round(minutes / 5) * 5),
  };
}
