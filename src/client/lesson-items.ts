/** The lessons that a page lists, and how far the learner is in each. */
import type { PlannedLesson } from './course-plan.ts';
import { passedTasks } from './progress-store.ts';

/** A lesson in the list. */
export interface LessonItem extends PlannedLesson {
  readonly element: HTMLElement;
}

/** All of them in the page's order, as they are by what this page knows. */
export function lessonItems(): LessonItem[] {
  return [...document.querySelectorAll<HTMLElement>('[data-lesson-item]')].map((element) => {
    const total = Number(element.querySelector<HTMLElement>('[data-total]')?.dataset.total);
    const passed = Math.min(passedTasks.inLesson(element.dataset.lessonItem ?? ''), total);
    return { element, minutes: Number(element.dataset.minutes), total, passed };
  });
}

/** Address of the lesson. */
export function addressOf({ element }: LessonItem): string | undefined {
  return element.querySelector<HTMLAnchorElement>('a[href]')?.href;
}
