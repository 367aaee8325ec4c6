/** What an author writes about a course, a lesson and its tasks. The site, the server and the CLI read it with these. */
import { z } from 'zod';

/** Ids and folder names: lower-case words joined by hyphens. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A lesson's folder: a number for the order, then its slug, such as `02-create`. */
export const LESSON_FOLDER = /^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

const slug = z
  .string()
  .regex(SLUG, 'lower-case letters, digits and single hyphens, such as "create-env"')
  .max(60);

/** One thing to do. Its scripts stand in `tasks/<id>/check.sh` and `tasks/<id>/solve.sh` beside the lesson. */
export const taskSchema = z.strictObject({
  /** Unique in the lesson; names the task's folder and its `<Task id="...">` in the text. */
  id: slug,
  /** Short imperative, such as "Create an environment". */
  title: z.string().min(3).max(80),
  /** Seconds that the check may take before it counts as timed out. */
  timeoutSeconds: z.number().min(1).max(120).default(10),
});

/** The frontmatter of `lessons/<course>/<nn-slug>/index.mdx`. */
export const lessonSchema = z.strictObject({
  title: z.string().min(3).max(90),
  /** One sentence: what one can do afterwards. Shown in lists and to search engines. */
  summary: z.string().min(20).max(240),
  /** Name of a folder in `labs/`. */
  lab: slug,
  /** Minutes that a learner needs, tasks included. */
  duration: z.int().min(1).max(120),
  /** In the order of the text. */
  tasks: z.array(taskSchema).min(1),
});
export type Lesson = z.output<typeof lessonSchema>;
export type Task = z.output<typeof taskSchema>;

/** `lessons/<course>/course.yaml`. */
export const courseSchema = z.strictObject({
  title: z.string().min(3).max(90),
  /** One or two sentences for the home page. */
  summary: z.string().min(20).max(400),
  /** Courses are listed by this number, then by name. */
  order: z.int().min(0),
});
export type Course = z.output<typeof courseSchema>;

/** `virtualenv`, `02-create` → `virtualenv/create`; undefined where the folder's name has not that form. */
export function lessonId(course: string, folder: string): string | undefined {
  const match = LESSON_FOLDER.exec(folder);
  return match ? `${course}/${match[2]}` : undefined;
}
