/** What this learner has passed, as far as this page knows. Knows nothing about how it is shown. */
import type { Progress } from '../../protocol/api.ts';

/** Gets the task that was passed just so; undefined where something had been passed before this page knew. */
type Listener = (task?: string) => void;

/** The tasks passed in each lesson. Only ever grows: what is passed stays passed. */
export class PassedTasks {
  readonly #passed = new Map<string, Set<string>>();
  readonly #listeners = new Set<Listener>();

  /** Adds what the server knows. */
  add(progress: Progress): void {
    for (const lesson of progress.lessons) for (const task of lesson.tasks) this.#set(lesson.id).add(task.id);
    this.#tell();
  }

  /** Adds tasks of a lesson that were passed some time ago. */
  passedBefore(lesson: string, tasks: readonly string[]): void {
    const known = this.#set(lesson);
    const size = known.size;
    for (const task of tasks) known.add(task);
    if (known.size > size) this.#tell();
  }

  /** Adds a task that was passed just so. */
  pass(lesson: string, task: string): void {
    const tasks = this.#set(lesson);
    if (tasks.has(task)) return;
    tasks.add(task);
    this.#tell(task);
  }

  has(lesson: string, task: string): boolean {
    return this.#passed.get(lesson)?.has(task) ?? false;
  }

  /** How many tasks of the lesson are passed. */
  inLesson(lesson: string): number {
    return this.#passed.get(lesson)?.size ?? 0;
  }

  /** How many tasks of the course's lessons are passed. */
  inCourse(course: string): number {
    let count = 0;
    for (const [lesson, tasks] of this.#passed) if (lesson.startsWith(`${course}/`)) count += tasks.size;
    return count;
  }

  /** Calls the listener after each change, until the returned function is called. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #set(lesson: string): Set<string> {
    let tasks = this.#passed.get(lesson);
    if (!tasks) this.#passed.set(lesson, (tasks = new Set()));
    return tasks;
  }

  #tell(task?: string): void {
    for (const listener of this.#listeners) listener(task);
  }
}

/** This page's one. */
export const passedTasks = new PassedTasks();
