/** Holds the properties that an author gives to a component to its schema. Knows no component in particular. */
import type { z } from 'astro/zod';
import { AuthorError, nearest, quote } from './author-error.ts';
import { schemas, type ComponentName, type GivenProps } from './schemas.ts';

/** What this module needs of a component's `Astro`. */
interface Component {
  props: object;
  locals: { lesson?: { readonly file: string } };
}

/**
 * The properties with their defaults. The rules in `text/` have told an author's mistakes by then, with their place;
 * throws an `AuthorError` where one has come this far. Properties that begin with `_` are the build's.
 */
export function propsOf<N extends ComponentName>(astro: Component, name: N): z.output<(typeof schemas)[N]> {
  const given = Object.fromEntries(Object.entries(astro.props).filter(([key]) => !key.startsWith('_')));
  const mistake = mistakeIn(name, given);
  if (mistake !== undefined) throw new AuthorError(astro.locals.lesson?.file ?? 'outside a lesson', mistake);
  return schemas[name].parse(given) as z.output<(typeof schemas)[N]>;
}

/** What is wrong with the properties: expected and found, without a place; undefined: nothing. */
export function mistakeIn(name: ComponentName, given: GivenProps): string | undefined {
  const schema: z.ZodObject = schemas[name];
  const result = schema.safeParse(given);
  if (result.success) return undefined;
  const known = Object.keys(schema.shape);
  return result.error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `<${name}>: ${key}: ${unknownProperty(key, known)}`)
        : [
            `<${name}>: ${issue.path.join('.')}: expected ${issue.message}, found ${found(given, issue.path)}`,
          ],
    )
    .join('; ');
}

/** What the build gave to the component, as the rules in `text/` do; empty where it did not. */
export function buildProp(astro: Pick<Component, 'props'>, name: `_${string}`): string {
  const value = (astro.props as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}

function unknownProperty(key: string, known: readonly string[]): string {
  if (known.length === 0) return `expected no properties, found "${key}"`;
  const meant = nearest(key, known);
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
  return `expected one of the properties ${known.join(', ')}, found "${key}"${advice}`;
}

function found(given: GivenProps, path: readonly PropertyKey[]): string {
  const value = given[String(path[0])];
  if (value === undefined) return 'nothing';
  if (value === true) return 'no value';
  return quote(typeof value === 'string' ? value : JSON.stringify(value));
}
