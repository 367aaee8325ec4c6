/** The questions of lessons, read from their folders when the site is built, without what tells the right answers. */
import { parse } from 'yaml';
import { quizSchema, type Quiz } from '../../protocol/quiz.ts';
import { AuthorError } from './author-error.ts';
import type { LessonPage } from './courses.ts';
import { inlineHtml } from './inline-markdown.ts';

/** What a page may know of a quiz. HTML made from inline Markdown. */
export interface Question {
  readonly type: Quiz['type'];
  readonly question: string;
  /** In the order of the file; none where the answer is in words. */
  readonly options: readonly string[];
}

const files = import.meta.glob<string>('/lessons/*/*/quizzes/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The question of `quizzes/<id>.yaml`. Throws `AuthorError` where there is no such file, or a faulty one. */
export function questionOf(lesson: LessonPage, id: string): Question {
  const file = `${lesson.folder}/quizzes/${id}.yaml`;
  const text = files[`/${file}`];
  if (text === undefined)
    throw new AuthorError(lesson.file, `quiz "${id}": expected ${file}, found no such file`);
  const quiz = quizSchema.safeParse(parse(text));
  if (!quiz.success) {
    const [issue] = quiz.error.issues;
    throw new AuthorError(file, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const options = quiz.data.type === 'text' ? [] : quiz.data.options;
  try {
    return {
      type: quiz.data.type,
      question: inlineHtml(quiz.data.question),
      options: options.map((option) => inlineHtml(option.text)),
    };
  } catch (error) {
    throw new AuthorError(file, error instanceof Error ? error.message : String(error));
  }
}
