/** What `<Task>` and `<Quiz>` share: each names a task of the frontmatter by its id. */
import type { Task } from '../../protocol/lesson.ts';
import { AuthorError } from './author-error.ts';
import type { LessonPage } from './courses.ts';

/** A task in the text of its lesson. */
export interface TaskInText {
  readonly lesson: LessonPage;
  readonly task: Task;
  /** Its place among the lesson's tasks, from 1. */
  readonly number: number;
}

/** The task of that id. Throws `AuthorError` outside a lesson, or where it has none: `text/` has told that before. */
export function taskInText({ lesson }: App.Locals, id: string): TaskInText {
  const index = lesson?.data.tasks.findIndex((task) => task.id === id) ?? -1;
  const task = lesson?.data.tasks[index];
  if (!lesson || !task)
    throw new AuthorError(lesson?.file ?? 'outside a lesson', `expected a task "${id}", found none`);
  return { lesson, task, number: index + 1 };
}
