/** Finds the lessons that a path means. Knows nothing about what is done with them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { lessonId } from '../../protocol/lesson.ts';
import type { CatalogFolders } from '../../server/lessons/catalog.ts';
import { subfolders } from '../../server/lessons/subfolders.ts';

/** A lesson's folder, also of a lesson that is faulty. */
export interface LessonFolder {
  /** Absolute. */
  readonly folder: string;
  readonly course: string;
  /** `course/slug`, or the folder's own name where that has not the right form. */
  readonly id: string;
}

/** All folders of lessons, in the order of their paths. */
export function lessonFolders(folders: Pick<CatalogFolders, 'lessons'>): LessonFolder[] {
  if (!existsSync(folders.lessons)) return [];
  return subfolders(folders.lessons).flatMap((courseFolder) => {
    const course = path.basename(courseFolder);
    return subfolders(courseFolder).map((folder) => {
      const name = path.basename(folder);
      return { folder, course, id: lessonId(course, name) ?? `${course}/${name}` };
    });
  });
}

/**
 * The lessons that the paths mean, each once; all where there are no paths. A path may be that of a course, of a
 * lesson, of anything in a lesson, or an id. Throws where one means no lesson.
 */
export function selectLessons(
  folders: Pick<CatalogFolders, 'lessons'>,
  paths: readonly string[],
  cwd: string = process.cwd(),
): LessonFolder[] {
  const all = lessonFolders(folders);
  if (paths.length === 0) return all;
  const chosen = new Set(paths.flatMap((given) => meant(all, given, { lessons: folders.lessons, cwd })));
  return all.filter((lesson) => chosen.has(lesson));
}

function meant(
  all: readonly LessonFolder[],
  given: string,
  { lessons, cwd }: { lessons: string; cwd: string },
): LessonFolder[] {
  const byId = all.filter(({ id, course }) => id === given || course === given);
  if (byId.length > 0) return byId;
  // npm runs scripts in the project's root and keeps where it was called from.
  for (const base of [process.env['INIT_CWD'] ?? cwd, cwd, path.dirname(lessons)]) {
    const full = path.resolve(base, given);
    const inside = all.filter(({ folder }) => contains(folder, full) || contains(full, folder));
    if (existsSync(full) && inside.length > 0) return inside;
  }
  throw new Error(
    `Expected a lesson, a course or a path in one, found "${given}". The lessons are:\n${known(all)}`,
  );
}

/** A line for each course. */
function known(all: readonly LessonFolder[]): string {
  const courses = Map.groupBy(all, ({ course }) => course);
  return [...courses.values()].map((lessons) => `  ${lessons.map(({ id }) => id).join(', ')}`).join('\n');
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
