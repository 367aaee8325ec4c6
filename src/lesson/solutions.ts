/** The scripts of tasks, read from the lessons' folders when the site is built. */
import { AuthorError } from './author-error.ts';
import type { LessonPage } from './courses.ts';

const solutions = import.meta.glob<string>('/lessons/*/*/tasks/*/solve.sh', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const hintScripts = import.meta.glob('/lessons/*/*/tasks/*/hint.sh', { query: '?raw', import: 'default' });

/** The commands of `tasks/<id>/solve.sh` without its `#!` line. Throws `AuthorError` where there is no such file. */
export function solutionOf(lesson: LessonPage, task: string): string {
  const file = scriptOf(lesson, task, 'solve.sh');
  const script = solutions[`/${file}`];
  if (script === undefined) {
    throw new AuthorError(
      lesson.file,
      `task "${task}": expected its solution in ${file}, found no such file`,
    );
  }
  return script.replace(/^#!.*\n+/, '').trim();
}

/** Whether the task has a script that looks at the sandbox for a hint. */
export function hasHintScript(lesson: LessonPage, task: string): boolean {
  return `/${scriptOf(lesson, task, 'hint.sh')}` in hintScripts;
}

/** Path of a task's script from the root of the project. */
export function scriptOf(
  lesson: LessonPage,
  task: string,
  name: 'check.sh' | 'solve.sh' | 'hint.sh',
): string {
  return `${lesson.folder}/tasks/${task}/${name}`;
}
