/** Reads one lesson's folder: frontmatter, tasks, quizzes, values. Knows nothing about courses, pages or sandboxes. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { LESSON_FOLDER, lessonId, lessonSchema, type Task, type ValueKind } from '../../protocol/lesson.ts';
import { quizSchema } from '../../protocol/quiz.ts';
import type { CatalogFolders, CatalogLesson, CatalogTask, CatalogValue } from './catalog.ts';
import { checkNeeds } from './needs.ts';
import type { Problem } from './problem.ts';
import { readYaml, type Locate } from './read-yaml.ts';
import { subfolders } from './subfolders.ts';

export interface LessonPlace {
  readonly folders: CatalogFolders;
  /** The course's id. */
  readonly course: string;
  /** Absolute path of the lesson's folder. */
  readonly folder: string;
}

/** The lesson; undefined where it cannot be read. Every fault is reported, also where the rest could be read. */
export function readLesson(
  place: LessonPlace,
  report: (problem: Problem) => void,
): CatalogLesson | undefined {
  return new LessonReader(place, report).read();
}

type Fault = Partial<Problem> & Pick<Problem, 'expected' | 'found'>;

class LessonReader {
  readonly #place: LessonPlace;
  readonly #report: (problem: Problem) => void;
  readonly #file: string;
  #at: Locate = () => ({ line: 1, column: 1 });

  constructor(place: LessonPlace, report: (problem: Problem) => void) {
    this.#place = place;
    this.#report = report;
    this.#file = path.join(place.folder, 'index.mdx');
  }

  read(): CatalogLesson | undefined {
    const { course, folder } = this.#place;
    const name = path.basename(folder);
    const id = lessonId(course, name);
    const slug = LESSON_FOLDER.exec(name)?.[2];
    if (id === undefined || slug === undefined) {
      return this.#fault({ expected: 'a folder name such as "02-create"', found: `"${name}"` }, folder);
    }
    if (!existsSync(this.#file)) return this.#fault({ expected: 'a file index.mdx', found: 'none' }, folder);
    const text = readFileSync(this.#file, 'utf8');
    const frontmatter = /^---\r?\n([\s\S]*?)^---\s*$/m.exec(text);
    if (frontmatter?.index !== 0) {
      return this.#fault({ expected: 'a frontmatter between two lines of ---', found: firstLine(text) });
    }
    const source = { file: this.#name(this.#file), text: frontmatter[1] ?? '', linesBefore: 1 };
    const result = readYaml(source, lessonSchema);
    if ('problems' in result) {
      for (const problem of result.problems) this.#report(problem);
      return undefined;
    }
    const { value: lesson, at } = result;
    this.#at = at;
    this.#checkLab(lesson.lab);
    this.#checkTaskText(text, lesson.tasks);
    for (const { index, need, ...fault } of checkNeeds(lesson.tasks)) {
      this.#fault({
        ...at(['tasks', index, 'needs', need]),
        field: `tasks.${index}.needs.${need}`,
        ...fault,
      });
    }
    const tasks = lesson.tasks.map((task, index) => this.#task(task, index));
    const files = path.join(folder, 'files');
    return {
      id,
      course,
      slug,
      title: lesson.title,
      summary: lesson.summary,
      lab: lesson.lab,
      durationMinutes: lesson.duration,
      tasks: tasks.filter((task) => task !== undefined),
      values: Object.entries(lesson.values).map(([value, kind]) => this.#value(value, kind)),
      folder,
      filesFolder: existsSync(files) ? files : undefined,
    };
  }

  #task(task: Task, index: number): CatalogTask | undefined {
    const { id, title, kind, needs, timeoutSeconds } = task;
    const place = { ...this.#at(['tasks', index, 'id']), field: `tasks.${index}.id` };
    if (kind === 'quiz') return this.#quiz(task, place);
    const scripts = path.join(this.#place.folder, 'tasks', id);
    const checkFile = path.join(scripts, 'check.sh');
    const solveFile = path.join(scripts, 'solve.sh');
    const hintFile = path.join(scripts, 'hint.sh');
    const hint = existsSync(hintFile) ? [hintFile] : [];
    for (const script of [checkFile, solveFile, ...hint]) this.#script(script, `for task "${id}"`, place);
    return {
      kind,
      id,
      title,
      needs,
      timeoutSeconds,
      checkFile,
      solveFile,
      hintFile: hint[0],
    };
  }

  #quiz({ id, title }: Task, place: Partial<Problem>): CatalogTask | undefined {
    const file = path.join(this.#place.folder, 'quizzes', `${id}.yaml`);
    if (!existsSync(file)) {
      return this.#fault({
        ...place,
        expected: `a file ${this.#name(file)} for quiz "${id}"`,
        found: 'none',
      });
    }
    const result = readYaml({ file: this.#name(file), text: readFileSync(file, 'utf8') }, quizSchema);
    if ('value' in result) return { kind: 'quiz', id, title, quiz: result.value };
    for (const problem of result.problems) this.#report(problem);
    return undefined;
  }

  #value(name: string, kind: ValueKind): CatalogValue {
    if (kind !== 'script') return { name, kind, scriptFile: undefined };
    const scriptFile = path.join(this.#place.folder, 'values', `${name}.sh`);
    this.#script(scriptFile, `for value "${name}"`, {
      ...this.#at(['values', name]),
      field: `values.${name}`,
    });
    return { name, kind, scriptFile };
  }

  #script(script: string, purpose: string, place: Partial<Problem>): void {
    if (existsSync(script) && statSync(script).size > 0) return;
    this.#fault({
      ...place,
      expected: `a script ${this.#name(script)} ${purpose}`,
      found: existsSync(script) ? 'an empty file' : 'none',
    });
  }

  #checkLab(lab: string): void {
    const { labs } = this.#place.folders;
    if (existsSync(path.join(labs, lab, 'lab.yaml'))) return;
    const known = subfolders(labs).map((folder) => path.basename(folder));
    this.#fault({
      ...this.#at(['lab']),
      field: 'lab',
      expected: `one of the labs ${known.join(', ')}`,
      found: `"${lab}"`,
    });
  }

  /** Each task of the frontmatter stands in the text exactly once, and no other does. */
  #checkTaskText(text: string, tasks: readonly Task[]): void {
    const shown = [...text.matchAll(/<(Task|Quiz)\s+id="([^"]*)"/g)];
    const ids = tasks.map((task) => task.id);
    for (const [index, { id, kind }] of tasks.entries()) {
      const place = { ...this.#at(['tasks', index, 'id']), field: `tasks.${index}.id` };
      if (ids.indexOf(id) !== index)
        this.#fault({ ...place, expected: 'an id of its own', found: `"${id}" again` });
      const element = kind === 'quiz' ? 'Quiz' : 'Task';
      const times = shown.filter((match) => match[1] === element && match[2] === id).length;
      if (times !== 1) {
        const other = shown.find((match) => match[2] === id);
        const found = times > 0 ? `${times}` : other ? `<${other[1]} id="${id}">` : 'none';
        this.#fault({ ...place, expected: `one <${element} id="${id}"> in the text`, found });
      }
    }
    for (const match of shown) {
      if (ids.includes(match[2] ?? '')) continue;
      const line = text.slice(0, match.index).split('\n').length;
      const expected = `one of the tasks ${ids.join(', ')}`;
      this.#fault({ line, field: match[1] ?? '', expected, found: `"${match[2]}"` });
    }
  }

  #fault(fault: Fault, file: string = this.#file): undefined {
    this.#report({ line: 1, column: 1, field: '', ...fault, file: this.#name(file) });
  }

  #name(file: string): string {
    return path.relative(path.dirname(this.#place.folders.lessons), file);
  }
}

function firstLine(text: string): string {
  return JSON.stringify(text.split('\n')[0]?.slice(0, 60) ?? '');
}
