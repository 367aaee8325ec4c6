/**
 * The properties of every component for authors. The build holds the text of lessons to these, with the place of each
 * mistake; the components read what they are given with them.
 */
import { z } from 'astro/zod';

const words = (limit: number) =>
  z.string('a short text').min(1, 'a short text').max(limit, `${limit} characters or less`);
const id = z
  .string('the id of a task, such as "create-env"')
  .min(1, 'the id of a task, such as "create-env"');
const picture = z.strictObject({
  alt: z.string('a text that tells what the picture shows').min(8, '8 characters or more'),
  caption: z.string('a sentence that tells what to learn from the picture').min(3, 'a sentence'),
});

/** By the component's name; what each property means stands in the component's own file. */
export const schemas = {
  Callout: z.strictObject({
    type: z.enum(['note', 'tip', 'warning', 'why'], 'note, tip, warning or why').default('note'),
    title: words(80).optional(),
  }),
  Diagram: picture,
  Figure: picture,
  FileTree: z.strictObject({ label: words(80).optional() }),
  Hint: z.strictObject({}),
  Output: z.strictObject({ label: words(60).default('Output') }),
  Quiz: z.strictObject({ id }),
  Solution: z.strictObject({}),
  Steps: z.strictObject({}),
  Tab: z.strictObject({ label: words(30) }),
  Tabs: z.strictObject({
    group: z.string('a name such as "os"').regex(/^[a-z][a-z0-9-]*$/, 'a name such as "os"'),
  }),
  Task: z.strictObject({ id }),
  Term: z.strictObject({ id: z.string('the id of a term of the glossary, such as "image"') }),
  Terminal: z.strictObject({
    share: z
      .number('a number from 25 to 75, as in share={60}')
      .min(25, 'at least 25')
      .max(75, 'at most 75')
      .default(52),
    note: z.string('a sentence').min(3, 'a sentence').max(160, '160 characters or less').optional(),
  }),
  Value: z.strictObject({ name: z.string('the name of a value, such as "web_port"') }),
};

/** The name of a component for authors. */
export type ComponentName = keyof typeof schemas;

/** Properties as an author wrote them: text, numbers, and true for those without a value. */
export type GivenProps = Readonly<Record<string, unknown>>;
