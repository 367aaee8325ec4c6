/** Does a lesson's tasks as a learner would: types solutions with the keyboard, ticks answers. Knows no lesson in particular. */
import { readFileSync } from 'node:fs';
import { fillIn } from '../../../cli/lesson/fill-in.ts';
import { linesOf } from '../../../cli/lesson/proof/solution.ts';
import type { CatalogExercise, CatalogQuiz } from '../../../server/lessons/catalog.ts';
import type { LessonPage } from './browser.ts';

/** The shell is free, or waits for the rest of a here-document. */
const FREE = /(?:\$|^>)$/;

/** Types the lines of the solution, each when the shell is free. Resolves when it is free after the last. */
export async function typeSolution(lesson: LessonPage, task: CatalogExercise): Promise<void> {
  const values = await valuesOnPage(lesson);
  for (const { text } of linesOf(readFileSync(task.solveFile, 'utf8'))) {
    const line = fillIn(text, values);
    await lesson.screenHolds(`a free shell before "${line}"`, (rows) => FREE.test(rows.at(-1) ?? ''));
    await lesson.type(line, async () => {
      const typed = (rows: readonly string[]): boolean => squeeze(rows).endsWith(squeeze([line]));
      await lesson.screenHolds(`"${line}" typed`, typed);
    });
    const answered = (rows: readonly string[]): boolean =>
      FREE.test(rows.at(-1) ?? '') && (line === '' || !squeeze(rows).endsWith(squeeze([line])));
    await lesson.screenHolds(`a free shell after "${line}"`, answered);
  }
}

/** Gives the right answer. Only for quizzes whose answers are chosen. */
export async function answerQuiz(lesson: LessonPage, { id, quiz }: CatalogQuiz): Promise<void> {
  if (quiz.type === 'text') throw new Error(`${id}: expected a quiz with options, found one in words`);
  const role = quiz.type === 'single' ? 'radio' : 'checkbox';
  for (const [index, { correct }] of quiz.options.entries()) {
    if (correct) await lesson.task(id).getByRole(role).nth(index).check();
  }
  await lesson.task(id).getByRole('button', { name: 'Answer' }).click();
}

/** The learner's own values, as the text shows them. */
async function valuesOnPage(lesson: LessonPage): Promise<Record<string, string>> {
  const known = await lesson.page.locator('.prose [data-value][data-known]').all();
  const pairs = known.map(async (one) => [await one.getAttribute('data-value'), await one.textContent()]);
  return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
}

/** Rows wrap anywhere, also at a blank, so that blanks do not count. */
function squeeze(rows: readonly string[]): string {
  return rows.join('').replaceAll(/\s/g, '');
}
