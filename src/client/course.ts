/** Entry of a course's page: where the learner is in it, where to go on, and how long that takes. */
import './progress.ts';
import { getProgress } from './api.ts';
import { coursePlan, type PlannedLesson } from './course-plan.ts';
import { durationWords, timeTaken } from './duration.ts';
import { passedTasks } from './progress-store.ts';

interface Item extends PlannedLesson {
  readonly element: HTMLElement;
}

const items = [...document.querySelectorAll<HTMLElement>('[data-lesson-item]')];

function lessons(): Item[] {
  return items.map((element) => {
    const id = element.dataset.lessonItem ?? '';
    const total = Number(element.querySelector<HTMLElement>('[data-total]')?.dataset.total);
    const passed = Math.min(passedTasks.inLesson(id), total);
    return { element, minutes: Number(element.dataset.minutes), total, passed };
  });
}

function show(): void {
  const all = lessons();
  for (const { element, passed, total } of all) {
    element.dataset.state = passed === 0 ? 'open' : passed < total ? 'begun' : 'done';
  }
  const { next, minutesLeft, begun } = coursePlan(all);
  if (!begun) return;
  const link = document.querySelector<HTMLAnchorElement>('[data-continue]');
  const left = document.querySelector<HTMLElement>('[data-time-left]');
  if (link) {
    const target = all[next]?.element.querySelector<HTMLAnchorElement>('a[href]');
    link.href = target?.href ?? link.dataset.finished ?? '';
    link.textContent = target ? `Continue with lesson ${next + 1}` : 'See what you have done';
  }
  if (left) {
    left.hidden = minutesLeft === 0;
    left.textContent = `about ${durationWords(minutesLeft * 60_000)} to go`;
  }
}

/** Where a lesson is finished, the learner's own time stands in place of the one that is planned. */
async function showTimes(): Promise<void> {
  const progress = await getProgress().catch(() => undefined);
  for (const lesson of progress?.lessons ?? []) {
    const ms = timeTaken(lesson);
    const item = items.find(({ dataset }) => dataset.lessonItem === lesson.id);
    const place = item?.querySelector<HTMLElement>('[data-lesson-time]');
    if (place && ms !== undefined) place.textContent = `took you ${durationWords(ms)}`;
  }
}

passedTasks.onChange(show);
void showTimes();
