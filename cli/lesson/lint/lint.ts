/** Looks at lessons without running anything. Knows which rules there are, not how they are shown. */
import path from 'node:path';
import type { CatalogFolders } from '../../../server/lessons/catalog.ts';
import { glossaryTerms } from '../../../server/lessons/glossary.ts';
import { lessonFolders, type LessonFolder } from '../select.ts';
import { checkCatalog } from './catalog-rule.ts';
import { checkComponents } from './components-rule.ts';
import { checkFences } from './fences-rule.ts';
import { checkFiles } from './files-rule.ts';
import { inOrder, type Finding } from './finding.ts';
import { checkLinks, type Site } from './links-rule.ts';
import { checkPictures } from './pictures-rule.ts';
import { checkScripts } from './shellcheck.ts';
import { readSource, type Source } from './source.ts';
import { checkText } from './text-rule.ts';
import { checkValues } from './values-rule.ts';

const RULES: readonly ((source: Source, site: Site) => Finding[])[] = [
  checkText,
  checkComponents,
  checkFences,
  checkPictures,
  checkValues,
  checkFiles,
  checkLinks,
];

export interface Lint {
  readonly folders: CatalogFolders;
  /** Lessons to look at; links may lead to others. */
  readonly lessons: readonly LessonFolder[];
  /** Path of shellcheck; undefined where it is not installed, and scripts are not looked at. */
  readonly shellcheck: string | undefined;
}

/** Everything found, in the order of files and lines. Faults of a course are told with each of its lessons. */
export async function lint({ folders, lessons, shellcheck }: Lint): Promise<Finding[]> {
  const terms = glossaryTerms(folders.lessons);
  const sources = lessonFolders(folders).flatMap((lesson) => readSource(lesson, terms) ?? []);
  const site: Site = { sources, root: path.dirname(folders.lessons) };
  const chosen = sources.filter(({ folder }) => lessons.some((lesson) => lesson.folder === folder));
  const scripts = shellcheck === undefined ? [] : await checkScripts(chosen, shellcheck);
  const ours = (file: string): boolean =>
    lessons.some(
      ({ folder }) =>
        file.startsWith(`${folder}${path.sep}`) ||
        file === folder ||
        path.dirname(file) === path.dirname(folder) ||
        file === path.dirname(folder),
    );
  const catalog = checkCatalog(folders).filter(({ file }) => ours(file));
  const told = new Set(catalog.map(({ found, what }) => `${what.split('.').at(-1)} ${found}`));
  const texts = chosen.flatMap((source) => RULES.flatMap((rule) => rule(source, site)));
  // The server and the rules for components both know the ids of tasks.
  const fresh = texts.filter(
    ({ what, found }) => !told.has(`${what.replace(/^<(\w+)> id$/, '$1')} ${found}`),
  );
  return inOrder([...catalog, ...fresh, ...scripts]);
}
