/** `npm run lesson -- export`: a lesson as plain Markdown or as a page to print. Knows neither form. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadCatalog, type CatalogFolders } from '../../server/lessons/catalog.ts';
import type { Command } from './command-line.ts';
import { readDocument } from './export/document.ts';
import { toHtml } from './export/to-html.ts';
import { toMarkdown } from './export/to-markdown.ts';
import { selectLessons } from './select.ts';

type ExportCommand = Extract<Command, { name: 'export' }>;

/** The lesson in the wanted form. Throws where the path means no lesson or several, or the lesson is faulty. */
export async function exportLesson(
  { path: given, html }: ExportCommand,
  folders: CatalogFolders,
): Promise<string> {
  const chosen = selectLessons(folders, [given]);
  const [first] = chosen;
  if (!first || chosen.length > 1) {
    throw new Error(
      `Expected the path of one lesson, found "${given}" with ${chosen.length}: ${chosen.map(({ id }) => id).join(', ')}.`,
    );
  }
  const lesson = loadCatalog(folders).lessons.find(({ folder }) => folder === first.folder);
  if (!lesson) throw new Error(`Expected a lesson, found "${given}".`);
  const document = readDocument(lesson);
  return html ? toHtml(document) : toMarkdown(document);
}

/** Writes it to the file or to stdout. Exit code 0. */
export async function runExport(command: ExportCommand, folders: CatalogFolders): Promise<number> {
  const text = await exportLesson(command, folders);
  if (command.output === undefined) process.stdout.write(text);
  else writeFileSync(path.resolve(process.env['INIT_CWD'] ?? '.', command.output), text);
  return 0;
}
