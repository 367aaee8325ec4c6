/** Entry of a course's page: where the learner is in it, where to go on, and how long that takes. */
import './progress.ts';
import { getProgress } from './api.ts';
import { coursePlan } from './course-plan.ts';
import { durationWords, timeTaken } from './duration.ts';
import { addressOf, lessonItems } from './lesson-items.ts';
import { passedTasks } from './progress-store.ts';

function show(): void {
  const all = lessonItems();
  for (const { element, passed, total } of all) {
    element.dataset.state = passed === 0 ? 'open' : passed < total ? 'begun' : 'done';
  }
  const { next, minutesLeft, begun } = coursePlan(all);
  if (!begun) return;
  const link = document.querySelector<HTMLAnchorElement>('[data-continue]');
  const left = document.querySelector<HTMLElement>('[data-time-left]');
  if (link) {
    const item = all[next];
    link.href = (item && addressOf(item)) ?? link.dataset.finished ?? '';
    link.textContent = item ? `Continue with lesson ${next + 1}` : 'See what you have done';
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
    const place = document.querySelector(`[data-lesson-item="${CSS.escape(lesson.id)}"] [data-lesson-time]`);
    if (place && ms !== undefined) place.textContent = `took you ${durationWords(ms)}`;
  }
}

passedTasks.onChange(show);
void showTimes();
