/** The solutions of tasks, read from the lessons' folders when the site is built. */
import { AuthorError, type LessonPage } from './courses.ts';

const scripts = import.meta.glob<string>('/lessons/*/*/tasks/*/solve.sh', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The commands of `tasks/<id>/solve.sh` without its `#!` line. Throws `AuthorError` where there is no such file. */
export function solutionOf(lesson: LessonPage, task: string): string {
  const path = `${lesson.folder}/tasks/${task}/solve.sh`;
  const script = scripts[`/${path}`];
  if (script === undefined) {
    throw new AuthorError(
      lesson.file,
      `task "${task}": expected its solution in ${path}, found no such file`,
    );
  }
  return script.replace(/^#!.*\n+/, '').trim();
}
