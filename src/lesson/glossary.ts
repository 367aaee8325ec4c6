/** The glossary in the order of its words. Knows the content collections, nothing about how pages look. */
import { getCollection } from 'astro:content';
import { loadCourses, type LessonPage } from './courses.ts';
import { inlineHtml } from './inline-markdown.ts';

/** A term, ready to be shown. */
export interface TermEntry {
  readonly id: string;
  readonly title: string;
  /** Address of its place in the glossary. */
  readonly href: string;
  /** HTML. */
  readonly definition: string;
  /** The definition as plain text. */
  readonly text: string;
  readonly lesson: LessonPage;
  readonly see: readonly string[];
}

let loading: Promise<TermEntry[]> | undefined;

/** All terms. In a build they are read once. */
export function loadTerms(): Promise<TermEntry[]> {
  if (import.meta.env.DEV) return readTerms();
  loading ??= readTerms();
  return loading;
}

async function readTerms(): Promise<TermEntry[]> {
  const [glossaries, courses] = await Promise.all([getCollection('glossary'), loadCourses()]);
  const lessons = courses.flatMap((course) => course.lessons);
  return glossaries
    .flatMap(({ data }) => Object.entries(data.terms))
    .flatMap(([id, { title, definition, lesson: learnt, see }]) => {
      const lesson = lessons.find((known) => known.id === learnt);
      // The build has refused a lesson that is not there; in development it has been told.
      if (!lesson) return [];
      const html = inlineHtml(definition.trim());
      return [{ id, title, href: `/glossary/#${id}`, definition: html, text: plain(html), lesson, see }];
    })
    .toSorted((a, b) => a.title.localeCompare(b.title, 'en', { sensitivity: 'base' }));
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
