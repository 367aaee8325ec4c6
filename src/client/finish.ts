/** The end of a lesson whose tasks are all passed: says so, and how long it took. Loaded when that is the case. */
import { announce } from './announcer.ts';
import { getProgress } from './api.ts';
import { durationWords, timeTaken } from './duration.ts';

/**
 * Turns the lesson's end to done. Where `last` is a task that was passed just so, the news is told, and that task leads
 * to the end; the page stays where it is. Never rejects.
 */
export async function finishLesson(main: HTMLElement, lesson: string, last?: string): Promise<void> {
  const end = main.querySelector<HTMLElement>('[data-lesson-end]');
  if (end) end.dataset.state = 'done';
  const section =
    last === undefined ? null : main.querySelector(`[data-task="${CSS.escape(last)}"] .task-body`);
  if (end && section) section.append(wayTo(end));
  const time = await timeWords(lesson);
  const place = end?.querySelector<HTMLElement>('[data-time-taken]');
  if (place && time !== undefined) {
    place.textContent = time;
    place.hidden = false;
  }
  if (last === undefined) return;
  const took = time === undefined ? '' : ` It took you ${time}.`;
  announce(`All tasks of this lesson are done.${took} What comes next stands at the end of the text.`);
}

function wayTo(end: HTMLElement): HTMLElement {
  end.id ||= 'lesson-end';
  const line = document.createElement('p');
  line.className = 'task-last';
  const link = document.createElement('a');
  link.href = `#${end.id}`;
  link.textContent = 'See what comes next';
  line.append('That was the last task of this lesson. ', link);
  return line;
}

/** How long the lesson took; undefined where the server does not tell. */
async function timeWords(lesson: string): Promise<string | undefined> {
  const progress = await getProgress().catch(() => undefined);
  const found = progress?.lessons.find(({ id }) => id === lesson);
  const ms = found && timeTaken(found);
  return ms === undefined ? undefined : durationWords(ms);
}
