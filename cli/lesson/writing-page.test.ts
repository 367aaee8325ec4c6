/** docs/writing-lessons.md says of every field and every component what the schemas say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  courseSchema,
  lessonSchema,
  taskSchema,
  termSchema,
  valueKindSchema,
} from '../../protocol/lesson.ts';
import { quizSchema } from '../../protocol/quiz.ts';
import { schemas } from '../../src/lesson/schemas.ts';
import { USAGE } from './command-line.ts';

const page = readFileSync(path.join(import.meta.dirname, '../../docs/writing-lessons.md'), 'utf8');

/** The JSON schema of one field, as far as it is read here. */
interface Field {
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
  readonly oneOf?: readonly Field[];
  readonly default?: unknown;
}

const jsonOf = (schema: z.ZodType): Field => z.toJSONSchema(schema, { io: 'input' }) as Field;

/** Names of the fields with their defaults as JSON; without one: empty. */
function fieldsOf(field: Field): [string, string][] {
  return Object.entries(field.properties ?? {}).map(([name, { default: value }]) => [
    name,
    value === undefined ? '' : JSON.stringify(value),
  ]);
}

/** The section below a heading, up to the next one. */
function section(heading: string): string {
  const [, text = ''] = page.split(`\n${heading}\n`);
  assert.notEqual(text, '', `the page has a section ${heading}`);
  return text.split(/\n#{2,3} /)[0] ?? '';
}

/** Rows of a table of fields: name and default. */
function rows(heading: string): [string, string][] {
  return [...section(heading).matchAll(/^\| `([\w.]+)` \| (?:`(.*?)`)? ?\|/gm)].map(
    ([, name = '', fallback = '']) => [name, fallback],
  );
}

test('the tables of course.yaml, the frontmatter and tasks hold the fields of their schemas', () => {
  assert.deepEqual(rows('### course.yaml'), fieldsOf(jsonOf(courseSchema)));
  assert.deepEqual(rows('### Frontmatter'), fieldsOf(jsonOf(lessonSchema)));
  assert.deepEqual(rows('### Tasks'), fieldsOf(jsonOf(taskSchema)));
  assert.deepEqual(rows('### glossary.yaml'), fieldsOf(jsonOf(termSchema)));
});

test('the kinds of values are those of the schema', () => {
  const kinds = [...section('## Values').matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind);
  assert.deepEqual(kinds, valueKindSchema.options);
});

test('the table of quizzes holds the fields of all types', () => {
  const types = jsonOf(quizSchema).oneOf ?? [];
  const fields = new Map(
    types.flatMap((type) =>
      Object.entries(type.properties ?? {}).flatMap(([name, field]): [string, string][] => [
        [name, ''],
        ...fieldsOf(field.items ?? {}).map(([inner, value]): [string, string] => [`${name}.${inner}`, value]),
      ]),
    ),
  );
  assert.deepEqual(new Map(rows('## Quizzes')), fields);
});

test('the table of components holds every component with its properties and their defaults', () => {
  const documented: [string, string, string][] = [];
  let component = '';
  for (const [, name, prop, fallback = ''] of section('### Components').matchAll(
    /^\| (?:`(\w+)`)? ?\| (?:`(\w+)`)? ?\| (?:`(.*?)`)? ?\| \S/gm,
  )) {
    component = name ?? component;
    documented.push([component, prop ?? '', fallback]);
  }
  const real = Object.entries(schemas).flatMap(([name, schema]): [string, string, string][] => [
    [name, '', ''],
    ...fieldsOf(jsonOf(schema)).map(([prop, value]): [string, string, string] => [name, prop, value]),
  ]);
  assert.deepEqual(documented, real);
});

test('the table of commands names those that there are, with all their options', () => {
  const told = [...section('## The tools').matchAll(/^\| `(\w+)(.*?)` \|/gm)];
  assert.deepEqual(
    told.map(([, name]) => name),
    [...USAGE.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name),
  );
  const options = (text: string): string[] => [...new Set(text.match(/--[a-z]+|-o\b/g))].toSorted();
  assert.deepEqual(
    options(told.map(([, , rest]) => rest).join(' ')),
    options(USAGE.replace('lesson --', '')),
  );
});

test('the examples of frontmatter and quiz are right', () => {
  const example = (heading: string): unknown =>
    parse(section(heading).split('```yaml\n')[1]?.split('```')[0] ?? '');
  const frontmatter = {
    title: 'Volumes',
    summary: 'Make volumes and see what stays in them.',
    lab: 'docker',
    duration: 10,
  };
  const given = example('### Tasks') as object;
  assert.deepEqual(lessonSchema.safeParse({ ...frontmatter, ...given }).error, undefined);
  assert.deepEqual(quizSchema.safeParse(example('## Quizzes')).error, undefined);
});

test('links within the repository lead somewhere', () => {
  for (const [, target = ''] of page.matchAll(/\]\((?!https:)([^)#]+)/g)) {
    assert.ok(readFileSync(path.join(import.meta.dirname, '../../docs', target)), target);
  }
});
