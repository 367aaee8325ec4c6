/** `npm run lesson -- check`: looks for mistakes and shows them. Knows no rule. */
import path from 'node:path';
import type { CatalogFolders } from '../../server/lessons/catalog.ts';
import { findShellcheck, shellcheckCommand } from '../setup/shellcheck.ts';
import type { Command } from './command-line.ts';
import { formatFinding, mend } from './lint/finding.ts';
import { lint } from './lint/lint.ts';
import { selectLessons } from './select.ts';

type CheckCommand = Extract<Command, { name: 'check' }>;

/** Exit code: 1 when an error was found and not mended, or when there was no lesson to look at; else 0. */
export async function runLint({ paths, fix }: CheckCommand, folders: CatalogFolders): Promise<number> {
  const root = path.dirname(folders.lessons);
  const lessons = selectLessons(folders, paths);
  if (lessons.length === 0) {
    console.error(`Expected lessons in ${folders.lessons}, found none: nothing was checked.`);
    return 1;
  }
  const shellcheck = findShellcheck();
  const look = { folders, lessons, shellcheck };
  let findings = await lint(look);
  if (fix) {
    const rest = mend(findings);
    console.log(`${count(findings.length - rest.length, 'finding')} mended.`);
    findings = await lint(look);
  }
  const name = (file: string): string => path.relative(root, file);
  for (const finding of findings) console.log(formatFinding(finding, name));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const fixable = findings.filter(({ edits }) => edits !== undefined).length;
  const warnings = findings.length - errors;
  console.log(
    `${findings.length > 0 ? '\n' : ''}${count(errors, 'error')} and ${count(warnings, 'warning')} in ${count(lessons.length, 'lesson')}.`,
  );
  if (fixable > 0) console.log(`${count(fixable, 'finding')} can be mended with --fix.`);
  if (shellcheck === undefined) {
    console.log(`Scripts were not checked, since shellcheck is not installed:\n  ${shellcheckCommand()}`);
  }
  return errors > 0 ? 1 : 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
