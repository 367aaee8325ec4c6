/** A lesson ready to be written in another form. Knows nothing about the forms. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Nodes, Root } from 'mdast';
import { VALUE_REFERENCE } from '../../../protocol/lesson.ts';
import type { Quiz } from '../../../protocol/quiz.ts';
import type { CatalogLesson, CatalogTask } from '../../../server/lessons/catalog.ts';
import { childrenOf, isElement, parseMdx, propOf, type Element } from '../mdx.ts';

export interface Document {
  readonly lesson: CatalogLesson;
  readonly source: string;
  readonly root: Root;
}

/** A quiz with what is told of each answer. */
export interface Answered {
  readonly number: number;
  readonly title: string;
  readonly answers: readonly { readonly text: string; readonly correct: boolean; readonly because: string }[];
}

/** Reads the lesson's text. Throws `MdxError` where it is not MDX. */
export function readDocument(lesson: CatalogLesson): Document {
  const source = readFileSync(path.join(lesson.folder, 'index.mdx'), 'utf8');
  return { lesson, source, root: parseMdx(source) };
}

/** The task that a `<Task>` or `<Quiz>` shows, with its number from 1. */
export function taskOf(
  { lesson }: Document,
  element: Element,
): { task: CatalogTask; number: number } | undefined {
  const index = lesson.tasks.findIndex(({ id }) => id === propOf(element, 'id'));
  const task = lesson.tasks[index];
  return task ? { task, number: index + 1 } : undefined;
}

/** The commands of a solution, with the names of values in place of values. */
export function solutionOf(task: CatalogTask): string {
  if (task.kind === 'quiz') return '';
  return named(
    readFileSync(task.solveFile, 'utf8')
      .replace(/^#!.*\n+/, '')
      .trim(),
  );
}

/** `{{port}}` → `<port>`. */
export function named(code: string): string {
  return code.replace(VALUE_REFERENCE, '<$1>');
}

/** Parts of a task: its instructions, hints, and remarks on the solution. */
export function partsOf(task: Element): { instructions: Nodes[]; hints: Element[]; remarks: Element[] } {
  const parts = { instructions: [] as Nodes[], hints: [] as Element[], remarks: [] as Element[] };
  for (const child of childrenOf(task)) {
    if (isElement(child) && child.name === 'Hint') parts.hints.push(child);
    else if (isElement(child) && child.name === 'Solution') parts.remarks.push(child);
    else parts.instructions.push(child);
  }
  return parts;
}

/** What there is to choose from; nothing for a question that is answered in words. */
export function optionsOf(quiz: Quiz): string[] {
  return quiz.type === 'text' ? [] : quiz.options.map(({ text }) => text);
}

/** All quizzes of the lesson with their answers, in order. */
export function answersOf({ lesson }: Document): Answered[] {
  return lesson.tasks.flatMap((task, index): Answered[] => {
    if (task.kind !== 'quiz') return [];
    const { quiz, title } = task;
    if (quiz.type !== 'text') return [{ number: index + 1, title, answers: quiz.options }];
    const answers = quiz.answers.map(({ matches, correct, because }) => ({
      text: matches,
      correct,
      because,
    }));
    return [{ number: index + 1, title, answers }];
  });
}

/** Where a link leads: to another lesson, by its id; to an address; or to a place on this page. */
export function linkOf({ lesson }: Document, url: string): { lesson?: string; address?: string } {
  if (/^(?:https?|mailto):/.test(url)) return { address: url };
  const { pathname } = new URL(url, `https://site.invalid/lessons/${lesson.id}/`);
  const id = /^\/lessons\/([^/]+\/[^/]+)\/?$/.exec(pathname)?.[1];
  return id === undefined || id === lesson.id ? {} : { lesson: id };
}

/** Titles of callouts without one of their own. */
export const CALLOUTS: Readonly<Record<string, string>> = {
  note: 'Note',
  tip: 'Tip',
  warning: 'Careful',
  why: 'Why',
};
