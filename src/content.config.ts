/** Where courses, lessons and labs are read from, and the schemas that they are held to. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { labSchema } from '../protocol/lab.ts';
import { courseSchema, glossarySchema, lessonSchema } from '../protocol/lesson.ts';

/** An entry's id is its folder below the base, such as `virtualenv/02-create`. */
const folderOf = ({ entry }: { entry: string }): string => entry.replace(/\/[^/]+$/, '');

/** Astro's reader of YAML makes times of days, which the server's does not. */
function datesAsText(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T00:00:00\.000Z$/, '$1') : value,
  );
}

export const collections = {
  courses: defineCollection({
    loader: glob({ base: './lessons', pattern: '*/course.yaml', generateId: folderOf }),
    schema: z.preprocess(datesAsText, courseSchema),
  }),
  lessons: defineCollection({
    loader: glob({ base: './lessons', pattern: '*/*/index.mdx', generateId: folderOf }),
    schema: lessonSchema,
  }),
  glossary: defineCollection({
    loader: glob({ base: './lessons', pattern: 'glossary.yaml' }),
    schema: glossarySchema,
  }),
  labs: defineCollection({
    loader: glob({ base: './labs', pattern: '*/lab.yaml', generateId: folderOf }),
    schema: labSchema,
  }),
};
