/** Holds the properties that an author gives to a component to their schema. Knows no component in particular. */
import type { z } from 'astro/zod';
import { AuthorError } from './courses.ts';

/** What this module needs of a component's `Astro`. */
interface Component {
  props: object;
  locals: App.Locals;
}

/**
 * The properties, checked. Throws `AuthorError` naming the lesson's file, the component, the property, and what was
 * expected and found.
 */
export function parseProps<S extends z.ZodType>(astro: Component, name: string, schema: S): z.output<S> {
  const result = schema.safeParse(astro.props);
  if (result.success) return result.data;
  const given: Record<string, unknown> = { ...astro.props };
  const faults = result.error.issues.map((issue) => {
    const key = issue.path.join('.');
    const found = key === '' ? Object.keys(given).join(', ') : JSON.stringify(valueAt(given, issue.path));
    return `<${name}>: ${key === '' ? '' : `${key}: `}${issue.message}, found ${found ?? 'nothing'}`;
  });
  throw new AuthorError(fileOf(astro), faults.join('; '));
}

/** The file of the lesson whose text holds the component, for messages. */
export function fileOf(astro: Pick<Component, 'locals'>): string {
  return astro.locals.lesson?.file ?? 'outside a lesson';
}

function valueAt(props: Record<string, unknown>, path: readonly PropertyKey[]): unknown {
  const [key] = path;
  return typeof key === 'string' ? props[key] : undefined;
}
