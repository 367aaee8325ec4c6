/** What has changed in courses and lessons, as their authors say it. Knows no page. */
import { loadCourses, type CoursePage } from './courses.ts';

/** A change, ready to be listed. */
export interface Change {
  /** Differs from that of every other change, and stays. */
  readonly id: string;
  /** `2026-11-28`. */
  readonly date: string;
  /** Of the lesson, or of the course where it is about the whole. */
  readonly title: string;
  readonly course: string;
  readonly href: string;
  readonly text: string;
}

/** All changes, the newest first; those of a day in the order of the courses. */
export async function loadChanges(): Promise<Change[]> {
  return (await loadCourses()).flatMap(changesOf).toSorted((a, b) => b.date.localeCompare(a.date));
}

function changesOf(course: CoursePage): Change[] {
  return course.data.changes.map(({ date, lesson: slug, text }, index, all) => {
    const { href, data } = course.lessons.find((lesson) => lesson.slug === slug) ?? course;
    // Counted from the oldest, which stands last: a new one changes no other.
    const id = `${course.id}-${all.length - index}`;
    return { id, date, title: data.title, course: course.data.title, href, text };
  });
}
