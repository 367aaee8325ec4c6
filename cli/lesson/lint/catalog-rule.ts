/** Tells what the server finds wrong in lessons, with advice. Knows no rule of its own. */
import path from 'node:path';
import { loadCatalog, type CatalogFolders } from '../../../server/lessons/catalog.ts';
import { AuthoringError, type Problem } from '../../../server/lessons/problem.ts';
import type { Finding } from './finding.ts';

/** What is expected → what to do. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^no such field/, 'take it out; docs/writing-lessons.md lists the fields'],
  [/^a script /, 'write it, or take it out of the frontmatter'],
  [/^a file .* for quiz/, 'write the quiz, or take the task out'],
  [/^a file/, 'write it'],
  [/^one <\w+ id=/, 'put it into the text once, where the learner is to do it'],
  [/^an id of its own/, 'rename one of the two, with its folder and its place in the text'],
  [/without a cycle/, 'take one of these needs out'],
  [/correct: true/, 'mark the right answers with "correct: true"'],
  [/^one of the labs/, 'name one of these, or make a folder in labs/'],
  [/frontmatter/, 'begin the file with ---, the fields, and ---'],
];

/** Every fault by which the server would refuse to start. */
export function checkCatalog(folders: CatalogFolders): Finding[] {
  try {
    loadCatalog(folders);
    return [];
  } catch (error) {
    if (error instanceof AuthoringError) return error.problems.map((problem) => toFinding(problem, folders));
    throw error;
  }
}

function toFinding(
  { file, line, column, field, expected, found }: Problem,
  folders: CatalogFolders,
): Finding {
  return {
    severity: 'error',
    file: path.join(path.dirname(folders.lessons), file),
    line,
    column,
    what: field,
    expected,
    found,
    mend: ADVICE.find(([pattern]) => pattern.test(expected))?.[1] ?? 'change it',
  };
}
