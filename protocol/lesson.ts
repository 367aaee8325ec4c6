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

/**
 * One thing to do. An exercise is done in the lab; its scripts stand in `tasks/<id>/` beside the lesson: `check.sh`,
 * `solve.sh` and, where there is one, `hint.sh`. A quiz is answered on the page; it stands in `quizzes/<id>.yaml`.
 */
export const taskSchema = z.strictObject({
  /** Unique in the lesson; names the task's folder or file and its `<Task id="...">` or `<Quiz id="...">` in the text. */
  id: slug,
  /** Short imperative, such as "Create an environment". */
  title: z.string().min(3).max(80),
  kind: z.enum(['exercise', 'quiz']).default('exercise'),
  /** Exercises that must be passed before this one is checked by itself, and that are looked at again when it is not
   * done: who undoes one of them is told there. */
  needs: z.array(slug).max(10).default([]),
  /** Seconds that the check may take before it counts as timed out. */
  timeoutSeconds: z.number().min(1).max(120).default(10),
});

/**
 * A value of the learner's own, made for each sandbox: `<Value name="..." />` in the text, `{{name}}` in fences and
 * solutions, `$LESSON_NAME` in checks and hints. `word`: a readable random word; `port`: from 20000 to 29999, different from the lesson's other
 * ports; `password`: 12 letters and digits; `script`: what `values/<name>.sh` prints in the sandbox, asked for again
 * after each command, such as the id of a container.
 */
export const valueKindSchema = z.enum(['word', 'port', 'password', 'script']);
export type ValueKind = z.infer<typeof valueKindSchema>;

/** How a value is called: a small letter, then small letters, digits and underscores. */
export const VALUE_NAME = /^[a-z][a-z0-9_]{0,30}$/;

/** `{{name}}` in a fence or a script. */
export const VALUE_REFERENCE = /\{\{ ?([a-z][a-z0-9_]{0,30}) ?\}\}/g;

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
  tasks: z.array(taskSchema).min(1).max(30),
  values: z
    .record(
      z.string().regex(VALUE_NAME, 'a name of small letters, digits and underscores, such as "web_port"'),
      valueKindSchema,
    )
    .refine((values) => Object.keys(values).length <= 10, 'at most 10 values')
    .default({}),
});
export type Lesson = z.output<typeof lessonSchema>;
export type Task = z.output<typeof taskSchema>;

/** Something that a reader who comes back wants to know, for the page and the feed of what is new. */
export const changeSchema = z.strictObject({
  date: z.iso.date('a day such as 2026-11-28'),
  /** Slug of the lesson that it is about; without one, the course. */
  lesson: slug.optional(),
  /** One or two sentences. */
  text: z.string().min(10).max(300),
});

/** `lessons/<course>/course.yaml`. */
export const courseSchema = z.strictObject({
  title: z.string().min(3).max(90),
  /** One or two sentences for the home page. */
  summary: z.string().min(20).max(400),
  /** Courses are listed by this number, then by name. */
  order: z.int().min(0),
  /** What is new, the newest first. */
  changes: z.array(changeSchema).max(200).default([]),
});
export type Course = z.output<typeof courseSchema>;

/** `virtualenv`, `02-create` → `virtualenv/create`; undefined where the folder's name has not that form. */
export function lessonId(course: string, folder: string): string | undefined {
  const match = LESSON_FOLDER.exec(folder);
  return match ? `${course}/${match[2]}` : undefined;
}

/** A word of the glossary. */
export const termSchema = z.strictObject({
  /** As it stands in the list. */
  title: z.string().min(2).max(60),
  /** What it means, in a sentence or two of text, code, emphasis and links. */
  definition: z.string().min(20).max(400),
  /** Where it is learnt: `course/slug`. */
  lesson: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'a lesson such as "docker/images"'),
  /** Ids of terms that belong to it. */
  see: z.array(slug).max(6).default([]),
});

/** `lessons/glossary.yaml`: the terms by their ids, which `<Term id="...">` names. */
export const glossarySchema = z.strictObject({ terms: z.record(slug, termSchema) });
export type Glossary = z.output<typeof glossarySchema>;
