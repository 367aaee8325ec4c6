/**
 * Reads all courses and lessons below a folder, whole or not at all. Knows nothing about pages, sandboxes or HTTP.
 * Faults are collected over all files and thrown together, so that an author sees them in one run.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { courseSchema, SLUG, type ValueKind } from '../../protocol/lesson.ts';
import type { Quiz } from '../../protocol/quiz.ts';
import { checkGlossary } from './glossary.ts';
import { AuthoringError, type Problem } from './problem.ts';
import { readLesson } from './read-lesson.ts';
import { readYaml } from './read-yaml.ts';
import { subfolders } from './subfolders.ts';

/** A task that is done in the lab. Files by their absolute paths. */
export interface CatalogExercise {
  readonly kind: 'exercise';
  readonly id: string;
  readonly title: string;
  /** Ids of exercises of the same lesson, without a cycle. */
  readonly needs: readonly string[];
  readonly timeoutSeconds: number;
  readonly checkFile: string;
  readonly solveFile: string;
  /** A script that looks at the sandbox and says something specific; undefined where there is none. */
  readonly hintFile: string | undefined;
}

/** A task that is answered on the page. */
export interface CatalogQuiz {
  readonly kind: 'quiz';
  readonly id: string;
  readonly title: string;
  readonly quiz: Quiz;
}

export type CatalogTask = CatalogExercise | CatalogQuiz;

/** A value of the learner's own. See `valueKindSchema`. */
export interface CatalogValue {
  readonly name: string;
  readonly kind: ValueKind;
  /** Absolute path of its script; set exactly for the kind `script`. */
  readonly scriptFile: string | undefined;
}

export interface CatalogLesson {
  /** `course/slug`. */
  readonly id: string;
  readonly course: string;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly lab: string;
  readonly durationMinutes: number;
  /** Exercises and quizzes, in the order of the text. */
  readonly tasks: readonly CatalogTask[];
  readonly values: readonly CatalogValue[];
  readonly folder: string;
  /** Files for the learner's home folder, where the lesson has some. */
  readonly filesFolder: string | undefined;
}

export interface CatalogCourse {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly CatalogLesson[];
}

/** The exercises among the lesson's tasks, in the order of the text. */
export function exercisesOf(lesson: Pick<CatalogLesson, 'tasks'>): CatalogExercise[] {
  return lesson.tasks.filter((task) => task.kind === 'exercise');
}

/** All courses in their order, and their lessons in course order. */
export interface Catalog {
  readonly courses: readonly CatalogCourse[];
  readonly lessons: readonly CatalogLesson[];
  lesson(id: string): CatalogLesson | undefined;
}

export interface CatalogFolders {
  /** Absolute path of `lessons/`. */
  readonly lessons: string;
  /** Absolute path of `labs/`: every lesson's lab must be a folder there. */
  readonly labs: string;
}

/** Reads everything. Throws an `AuthoringError` with every fault. */
export function loadCatalog(folders: CatalogFolders): Catalog {
  const reader = new Reader(folders);
  const courses = reader.courses();
  reader.glossary(courses);
  if (reader.problems.length > 0) throw new AuthoringError(reader.problems);
  const lessons = courses.flatMap((course) => course.lessons);
  const byId = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  return { courses, lessons, lesson: (id) => byId.get(id) };
}

class Reader {
  readonly problems: Problem[] = [];
  readonly #folders: CatalogFolders;

  constructor(folders: CatalogFolders) {
    this.#folders = folders;
  }

  courses(): CatalogCourse[] {
    const read = subfolders(this.#folders.lessons).map((folder) => this.#course(folder));
    return read
      .filter((course) => course !== undefined)
      .toSorted((a, b) => a.order - b.order || a.course.id.localeCompare(b.course.id))
      .map(({ course }) => course);
  }

  /** Its faults; the site reads the rest. */
  glossary(courses: readonly CatalogCourse[]): void {
    const lessons = courses.flatMap((course) => course.lessons.map(({ id }) => id));
    this.problems.push(...checkGlossary(this.#folders.lessons, lessons));
  }

  #course(folder: string): { order: number; course: CatalogCourse } | undefined {
    const id = path.basename(folder);
    const file = path.join(folder, 'course.yaml');
    if (!SLUG.test(id)) {
      return this.#fault(folder, {
        expected: 'a folder name of lower-case words joined by hyphens',
        found: `"${id}"`,
      });
    }
    if (!existsSync(file)) return this.#fault(folder, { expected: 'a file course.yaml', found: 'none' });
    const result = readYaml({ file: this.#name(file), text: readFileSync(file, 'utf8') }, courseSchema);
    const lessons = subfolders(folder).map((lesson) => this.#lesson(id, lesson));
    if ('problems' in result) {
      this.problems.push(...result.problems);
      return undefined;
    }
    const { order, title, summary, changes } = result.value;
    for (const [index, { lesson }] of changes.entries()) {
      if (lesson === undefined || lessons.some((known) => known?.slug === lesson)) continue;
      const field = ['changes', index, 'lesson'];
      this.#fault(file, {
        ...result.at(field),
        field: field.join('.'),
        expected: `a lesson of the course, such as "${lessons[0]?.slug ?? 'create'}"`,
        found: `"${lesson}"`,
      });
    }
    return {
      order,
      course: { id, title, summary, lessons: lessons.filter((lesson) => lesson !== undefined) },
    };
  }

  #lesson(course: string, folder: string): CatalogLesson | undefined {
    return readLesson({ folders: this.#folders, course, folder }, (problem) => this.problems.push(problem));
  }

  #fault(file: string, fault: Partial<Problem> & Pick<Problem, 'expected' | 'found'>): undefined {
    this.problems.push({ line: 1, column: 1, field: '', ...fault, file: this.#name(file) });
  }

  #name(file: string): string {
    return path.relative(path.dirname(this.#folders.lessons), file);
  }
}
