/** Reads YAML that an author wrote against a schema and tells each fault with its place. Knows nothing about lessons. */
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';

export interface YamlText {
  /** Path as the author would type it. */
  readonly file: string;
  readonly text: string;
  /** Lines of the file before the text, such as the opening fence of a frontmatter. */
  readonly linesBefore?: number;
}

export type YamlResult<T> =
  { readonly value: T; readonly at: Locate } | { readonly problems: readonly Problem[] };

/** Line and column (from 1) of the value at a path, or of its key; of its nearest parent where there is none. */
export type Locate = (path: readonly PropertyKey[], part?: 'key') => { line: number; column: number };

/** The value as the schema gives it, or every fault found. */
export function readYaml<S extends z.ZodType>(source: YamlText, schema: S): YamlResult<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: line + (source.linesBefore ?? 0), column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file: source.file,
      ...place(error.pos[0]),
      field: '',
      expected: 'valid YAML',
      found: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
    }));
    return { problems };
  }
  const at: Locate = (path, part) =>
    place((part === 'key' ? keyOffset(document, path) : undefined) ?? offsetOf(document, path));
  const data: unknown = document.toJS() ?? {};
  const parsed = schema.safeParse(data);
  if (parsed.success) return { value: parsed.data, at };
  return {
    problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, { file: source.file, data, at })),
  };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (range) return range[0];
  }
  return 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const key: unknown = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
  return isScalar(key) ? key.range?.[0] : undefined;
}

interface IssueContext {
  readonly file: string;
  readonly data: unknown;
  readonly at: Locate;
}

function problemsOf(issue: z.core.$ZodIssue, { file, data, at }: IssueContext): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      ...at([...issue.path, key]),
      field: [...issue.path, key].join('.'),
      expected: 'no such field',
      found: `"${key}"`,
    }));
  }
  if (issue.code === 'invalid_key') {
    return [
      {
        file,
        ...at(issue.path, 'key'),
        field: issue.path.join('.'),
        expected: issue.issues.map(({ message }) => message).join(', and '),
        found: `"${String(issue.path.at(-1))}"`,
      },
    ];
  }
  return [
    {
      file,
      ...at(issue.path),
      field: issue.path.join('.'),
      expected: expectedOf(issue),
      found: describe(valueAt(data, issue.path)),
    },
  ];
}

const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

/** What the schema wants there, in words. */
function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
    case 'too_small':
      return `at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? `one of ${issue.options.map(String).join(', ')}`
        : issue.message;
    default:
      return issue.message;
  }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}

/** A value in the words of an error message, shortened. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
