/** Entry of the home page: for who has begun, its first button leads on to the next lesson. */
import './progress.ts';
import { coursePlan } from './course-plan.ts';
import { addressOf, lessonItems } from './lesson-items.ts';
import { recallPlace, rememberPlace } from './place.ts';
import { passedTasks } from './progress-store.ts';

const link = document.querySelector<HTMLAnchorElement>('[data-continue]');
const first = link?.href ?? '';

/** Leads on to the address; undefined: to the first lesson. The styles show the words that fit. */
function lead(address: string | undefined): void {
  if (link) link.href = address ?? first;
  document.documentElement.toggleAttribute('data-begun', address !== undefined);
}

function show(): void {
  const lessons = lessonItems();
  const { begun, next } = coursePlan(lessons);
  const item = lessons[next];
  const address = begun && item ? addressOf(item) : undefined;
  lead(address);
  rememberPlace(address);
}

// Until the server tells, which it may not.
lead(recallPlace());
passedTasks.onChange(show);
