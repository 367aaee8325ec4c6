/** Entry of a course's last page: what was done in the course, to print or keep. The name stays in this browser. */
import './progress.ts';
import type { Progress } from '../../protocol/api.ts';
import { getProgress } from './api.ts';
import { durationWords, timeTaken } from './duration.ts';
import { recall, remember } from './memory.ts';

type LessonProgress = Progress['lessons'][number];

const main = document.querySelector<HTMLElement>('main[data-certificate-course]');
if (main) {
  bindName(main);
  void load(main);
  // Back from a lesson by the browser's cache: it may have been finished meanwhile.
  addEventListener('pageshow', (event) => event.persisted && void load(main));
}

/** Never rejects: without the server's word the page says what it said from the start. */
async function load(main: HTMLElement): Promise<void> {
  const progress = await getProgress().catch(() => undefined);
  if (!progress) return;
  const ids = [...main.querySelectorAll<HTMLElement>('[data-certificate-lesson]')].map(
    (item) => item.dataset.certificateLesson ?? '',
  );
  const lessons = ids.map((id) => progress.lessons.find((lesson) => lesson.id === id));
  if (lessons.length === 0) return;
  lessons.forEach((lesson, index) => {
    const place = main.querySelectorAll('[data-certificate-lesson-date]')[index];
    if (place && lesson?.finishedAt !== undefined) place.textContent = dateWords(lesson.finishedAt);
  });
  const finished = lessons.filter((lesson): lesson is LessonProgress => lesson?.finishedAt !== undefined);
  if (finished.length === lessons.length) showDone(main, finished);
}

function showDone(main: HTMLElement, lessons: readonly LessonProgress[]): void {
  main.dataset.state = 'done';
  const last = lessons
    .map(({ finishedAt = '' }) => finishedAt)
    .toSorted()
    .at(-1);
  const time = lessons.reduce((sum, lesson) => sum + (timeTaken(lesson) ?? 0), 0);
  set(main, 'date', last === undefined ? '' : dateWords(last));
  set(main, 'time', durationWords(time));
}

function set(main: HTMLElement, what: string, text: string): void {
  const place = main.querySelector(`[data-certificate="${what}"]`);
  if (place) place.textContent = text;
}

function bindName(main: HTMLElement): void {
  const field = main.querySelector<HTMLInputElement>('input[data-certificate="name"]');
  const place = main.querySelector('[data-certificate-name]');
  if (!field || !place) return;
  const show = (): void => {
    place.textContent = field.value.trim();
  };
  field.value = recall('name') ?? '';
  show();
  field.addEventListener('input', () => {
    show();
    remember('name', field.value.trim() || null);
  });
}

/** The day in the reader's way of writing it. */
function dateWords(time: string): string {
  return new Date(time).toLocaleDateString(undefined, { dateStyle: 'long' });
}
