/** `npm run lesson -- new`: writes a lesson that already passes. Knows nothing about how it is proven. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LESSON_FOLDER, SLUG } from '../../protocol/lesson.ts';
import type { CatalogFolders } from '../../server/lessons/catalog.ts';
import { subfolders } from '../../server/lessons/subfolders.ts';
import type { Command } from './command-line.ts';
import { lessonFolders } from './select.ts';
import { courseFile, lessonFiles } from './template.ts';

type NewCommand = Extract<Command, { name: 'new' }>;

/** Writes the lesson, and the course where it is new; overwrites nothing. Returns the files, as paths from the project. */
export function writeNewLesson({ id, lab }: NewCommand, folders: CatalogFolders): string[] {
  const [course = '', slug = '', ...more] = id.split('/');
  if (!SLUG.test(course) || !SLUG.test(slug) || more.length > 0) {
    throw new Error(
      `Expected <course>/<slug> in small letters, digits and hyphens, such as docker/volumes, found "${id}".`,
    );
  }
  const labs = subfolders(folders.labs).map((folder) => path.basename(folder));
  if (!labs.includes(lab)) throw new Error(`--lab: expected one of ${labs.join(', ')}, found "${lab}".`);
  const courseFolder = path.join(folders.lessons, course);
  const there = lessonFolders(folders).filter((lesson) => lesson.course === course);
  const same = there.find((lesson) => lesson.id === id);
  if (same)
    throw new Error(
      `Expected a slug that is free, found the lesson ${path.relative(path.dirname(folders.lessons), same.folder)}.`,
    );
  const numbers = there.map(({ folder }) => Number(LESSON_FOLDER.exec(path.basename(folder))?.[1] ?? 0));
  const number = Math.max(0, ...numbers) + 1;
  if (number > 99) throw new Error(`Expected at most 99 lessons in a course, found ${number - 1}.`);
  const folder = path.join(courseFolder, `${String(number).padStart(2, '0')}-${slug}`);
  const files = new Map(
    Object.entries(lessonFiles({ slug, lab })).map(([name, text]) => [path.join(folder, name), text]),
  );
  const ofCourse = path.join(courseFolder, 'course.yaml');
  if (!existsSync(ofCourse)) {
    const courses = existsSync(folders.lessons) ? subfolders(folders.lessons).length : 0;
    files.set(ofCourse, courseFile(course, (courses + 1) * 10));
  }
  for (const [file, text] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    // Fails where there is such a file.
    writeFileSync(file, text, { flag: 'wx' });
  }
  return [...files.keys()].map((file) => path.relative(path.dirname(folders.lessons), file)).toSorted();
}

/** Writes it and says what to do next. Exit code 0; throws where it cannot be written. */
export function runNew(command: NewCommand, folders: CatalogFolders): number {
  const files = writeNewLesson(command, folders);
  console.log(`Written:\n${files.map((file) => `  ${file}`).join('\n')}`);
  console.log(`
It passes as it stands. Now make it yours:
  npm run dev                            see it while you write
  npm run lesson -- check ${command.id}
  npm run lesson -- test ${command.id}
docs/writing-lessons.md describes everything that a lesson may have.`);
  return 0;
}
