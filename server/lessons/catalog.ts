/**
 * Reads all courses and lessons below a folder, whole or not at all. Knows nothing about pages, sandboxes or HTTP.
 * Faults are collected over all files and thrown together, so that an author sees them in one run.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  courseSchema,
  LESSON_FOLDER,
  lessonId,
  lessonSchema,
  SLUG,
  type Task,
} from '../../protocol/lesson.ts';
import { AuthoringError, type Problem } from './problem.ts';
import { readYaml, type Locate } from './read-yaml.ts';

export interface CatalogTask {
  readonly id: string;
  readonly title: string;
  readonly timeoutSeconds: number;
  readonly checkFile: string;
  readonly solveFile: string;
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
  readonly tasks: readonly CatalogTask[];
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
    const { order, title, summary } = result.value;
    return {
      order,
      course: { id, title, summary, lessons: lessons.filter((lesson) => lesson !== undefined) },
    };
  }

  #lesson(course: string, folder: string): CatalogLesson | undefined {
    const name = path.basename(folder);
    const id = lessonId(course, name);
    const slug = LESSON_FOLDER.exec(name)?.[2];
    if (id === undefined || slug === undefined) {
      return this.#fault(folder, { expected: 'a folder name such as "02-create"', found: `"${name}"` });
    }
    const file = path.join(folder, 'index.mdx');
    if (!existsSync(file)) return this.#fault(folder, { expected: 'a file index.mdx', found: 'none' });
    const text = readFileSync(file, 'utf8');
    const frontmatter = /^---\r?\n([\s\S]*?)^---\s*$/m.exec(text);
    if (frontmatter?.index !== 0) {
      return this.#fault(file, {
        expected: 'a frontmatter between two lines of ---',
        found: firstLine(text),
      });
    }
    const result = readYaml(
      { file: this.#name(file), text: frontmatter[1] ?? '', linesBefore: 1 },
      lessonSchema,
    );
    if ('problems' in result) {
      this.problems.push(...result.problems);
      return undefined;
    }
    const { value: lesson, at } = result;
    this.#checkLab({ file, lab: lesson.lab, at });
    this.#checkTaskText({ file, text, tasks: lesson.tasks, at });
    const files = path.join(folder, 'files');
    return {
      id,
      course,
      slug,
      title: lesson.title,
      summary: lesson.summary,
      lab: lesson.lab,
      durationMinutes: lesson.duration,
      tasks: lesson.tasks.map((task, index) => this.#task(task, { file, folder, index, at })),
      folder,
      filesFolder: existsSync(files) ? files : undefined,
    };
  }

  #task(task: Task, from: { file: string; folder: string; index: number; at: Locate }): CatalogTask {
    const scripts = path.join(from.folder, 'tasks', task.id);
    const checkFile = path.join(scripts, 'check.sh');
    const solveFile = path.join(scripts, 'solve.sh');
    for (const script of [checkFile, solveFile]) {
      if (existsSync(script) && statSync(script).size > 0) continue;
      this.#fault(from.file, {
        ...from.at(['tasks', from.index, 'id']),
        field: `tasks.${from.index}.id`,
        expected: `a script ${this.#name(script)} for task "${task.id}"`,
        found: existsSync(script) ? 'an empty file' : 'none',
      });
    }
    return { id: task.id, title: task.title, timeoutSeconds: task.timeoutSeconds, checkFile, solveFile };
  }

  #checkLab({ file, lab, at }: { file: string; lab: string; at: Locate }): void {
    if (existsSync(path.join(this.#folders.labs, lab, 'lab.yaml'))) return;
    const labs = subfolders(this.#folders.labs).map((folder) => path.basename(folder));
    this.#fault(file, {
      ...at(['lab']),
      field: 'lab',
      expected: `one of the labs ${labs.join(', ')}`,
      found: `"${lab}"`,
    });
  }

  /** Each task of the frontmatter stands in the text exactly once, and no other does. */
  #checkTaskText(from: { file: string; text: string; tasks: readonly Task[]; at: Locate }): void {
    const shown = [...from.text.matchAll(/<Task\s+id="([^"]*)"/g)];
    const ids = from.tasks.map((task) => task.id);
    for (const [index, id] of ids.entries()) {
      const place = { ...from.at(['tasks', index, 'id']), field: `tasks.${index}.id` };
      if (ids.indexOf(id) !== index)
        this.#fault(from.file, { ...place, expected: 'an id of its own', found: `"${id}" again` });
      const times = shown.filter((match) => match[1] === id).length;
      if (times !== 1) {
        this.#fault(from.file, {
          ...place,
          expected: `one <Task id="${id}"> in the text`,
          found: times === 0 ? 'none' : `${times}`,
        });
      }
    }
    for (const match of shown) {
      if (ids.includes(match[1] ?? '')) continue;
      const line = from.text.slice(0, match.index).split('\n').length;
      this.#fault(from.file, {
        line,
        field: 'Task',
        expected: `one of the tasks ${ids.join(', ')}`,
        found: `"${match[1]}"`,
      });
    }
  }

  #fault(file: string, fault: Partial<Problem> & Pick<Problem, 'expected' | 'found'>): undefined {
    this.problems.push({ line: 1, column: 1, field: '', ...fault, file: this.#name(file) });
  }

  #name(file: string): string {
    return path.relative(path.dirname(this.#folders.lessons), file);
  }
}

function subfolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
    .toSorted();
}

function firstLine(text: string): string {
  return JSON.stringify(text.split('\n')[0]?.slice(0, 60) ?? '');
}
