/** Courses and their lessons in reading order. Knows the content collections, nothing about how pages look. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { LESSON_FOLDER, lessonId, type Course, type Lesson } from '../../protocol/lesson.ts';
import { AuthorError } from './author-error.ts';

/** A lesson as pages need it. */
export interface LessonPage {
  /** `course/slug`. */
  id: string;
  course: string;
  slug: string;
  /** Address of its page. */
  href: string;
  /** Its place in the course, from 1. */
  position: number;
  /** The author's file, from the root of the repository: for error messages. */
  file: string;
  /** Its folder, such as `lessons/virtualenv/02-create`. */
  folder: string;
  data: Lesson;
  entry: CollectionEntry<'lessons'>;
}

/** A course with its lessons in order. */
export interface CoursePage {
  id: string;
  href: string;
  data: Course;
  lessons: LessonPage[];
}

/** All courses by `order`, then by id. Throws `AuthorError` for a folder or a lesson that belongs to no course. */
export async function loadCourses(): Promise<CoursePage[]> {
  const [courses, lessons] = await Promise.all([getCollection('courses'), getCollection('lessons')]);
  const known = new Set(courses.map((course) => course.id));
  for (const entry of lessons) {
    const course = courseOf(entry);
    if (!known.has(course)) {
      throw new AuthorError(fileOf(entry), `expected a course in lessons/${course}/course.yaml, found none`);
    }
  }
  return courses
    .toSorted((a, b) => a.data.order - b.data.order || a.id.localeCompare(b.id))
    .map(({ id, data }) => ({ id, href: `/lessons/${id}/`, data, lessons: lessonsOf(id, lessons) }));
}

/** Tasks in all lessons of a course. */
export function countTasks(course: CoursePage): number {
  return course.lessons.reduce((sum, lesson) => sum + lesson.data.tasks.length, 0);
}

/** Minutes in words, such as "1 h 20 min". */
export function inWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** "1 task", "3 tasks". */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function lessonsOf(course: string, entries: CollectionEntry<'lessons'>[]): LessonPage[] {
  return entries
    .filter((entry) => courseOf(entry) === course)
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map((entry, index) => toLesson(entry, index + 1));
}

function toLesson(entry: CollectionEntry<'lessons'>, position: number): LessonPage {
  const course = courseOf(entry);
  const folder = entry.id.slice(course.length + 1);
  const id = lessonId(course, folder);
  const slug = LESSON_FOLDER.exec(folder)?.[2];
  if (id === undefined || slug === undefined) {
    throw new AuthorError(fileOf(entry), `expected a folder such as "02-create", found "${folder}"`);
  }
  return {
    id,
    course,
    slug,
    href: `/lessons/${id}/`,
    position,
    file: fileOf(entry),
    folder: `lessons/${entry.id}`,
    data: entry.data,
    entry,
  };
}

const courseOf = (entry: CollectionEntry<'lessons'>): string => entry.id.split('/')[0] ?? '';
const fileOf = (entry: CollectionEntry<'lessons'>): string =>
  entry.filePath ?? `lessons/${entry.id}/index.mdx`;
