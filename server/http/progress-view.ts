/** What a learner has done, as they see it over HTTP. Knows nothing about requests. */
import type { Progress } from '../../protocol/api.ts';

/** With `finishedAt` where all tasks are passed that the lesson has at this moment. One that lost its lesson has none. */
export function progressView(
  { lessons }: Progress,
  find: (id: string) => { readonly tasks: readonly { readonly id: string }[] } | undefined,
): Progress {
  return {
    lessons: lessons.map((lesson) => ({ ...lesson, ...finish(lesson.tasks, find(lesson.id)?.tasks) })),
  };
}

function finish(
  passed: Progress['lessons'][number]['tasks'],
  tasks: readonly { readonly id: string }[] = [],
): { finishedAt?: string } {
  const times = tasks.map(({ id }) => passed.find((task) => task.id === id)?.passedAt);
  const last = times
    .filter((time) => time !== undefined)
    .toSorted()
    .at(-1);
  return last !== undefined && !times.includes(undefined) ? { finishedAt: last } : {};
}
