/** Where courses, lessons and labs are read from, and the schemas that they are held to. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { labSchema } from '../protocol/lab.ts';
import { courseSchema, lessonSchema } from '../protocol/lesson.ts';

/** An entry's id is its folder below the base, such as `virtualenv/02-create`. */
const folderOf = ({ entry }: { entry: string }): string => entry.replace(/\/[^/]+$/, '');

export const collections = {
  courses: defineCollection({
    loader: glob({ base: './lessons', pattern: '*/course.yaml', generateId: folderOf }),
    schema: courseSchema,
  }),
  lessons: defineCollection({
    loader: glob({ base: './lessons', pattern: '*/*/index.mdx', generateId: folderOf }),
    schema: lessonSchema,
  }),
  labs: defineCollection({
    loader: glob({ base: './labs', pattern: '*/lab.yaml', generateId: folderOf }),
    schema: labSchema,
  }),
};
