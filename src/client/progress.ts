/** Fills the page's progress bars with what the learner has passed. Where the server does not tell, they stay empty. */
import { getProgress } from './api.ts';
import { passedTasks } from './progress-store.ts';

function show(element: HTMLElement, passed: number): void {
  const total = Number(element.dataset.total);
  if (!(total > 0)) return;
  // Tasks that a lesson has lost may still count as passed.
  const count = Math.min(passed, total);
  element.dataset.complete = String(count === total);
  const text = element.querySelector('[data-progress-text]');
  if (text) text.textContent = `${count} of ${total}`;
  const bar = element.querySelector<HTMLElement>('[data-progress-bar]');
  bar?.style.setProperty('--progress', String(count / total));
  if (bar?.hasAttribute('aria-valuenow')) bar.setAttribute('aria-valuenow', String(count));
}

function showAll(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-lesson-progress]')) {
    show(element, passedTasks.inLesson(element.dataset.lessonProgress ?? ''));
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-course-progress]')) {
    show(element, passedTasks.inCourse(element.dataset.courseProgress ?? ''));
  }
}

function load(): void {
  getProgress().then(
    (progress) => passedTasks.add(progress),
    () => {},
  );
}

passedTasks.onChange(showAll);
// Back from a lesson by the browser's cache: the lesson may have been passed meanwhile.
addEventListener('pageshow', (event) => event.persisted && load());
load();
