/** Says in words why input was refused: which field, what was expected, what was found. Knows nothing about HTTP. */
import type { z } from 'zod';

export interface Fault {
  /** Path in the input, such as `cols` or `tasks.0.id`; empty for the input as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

const MAX_FAULTS = 5;
const MAX_FOUND = 60;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};

/** One fault for each issue, at most five. `input` is what was parsed. */
export function faultsOf(error: z.ZodError, input: unknown): Fault[] {
  return error.issues.slice(0, MAX_FAULTS).map((issue) => faultOf(issue, input));
}

/** Faults as one sentence: `cols: expected at most 500, found 9999`. */
export function inWords(faults: readonly Fault[]): string {
  return faults
    .map(
      ({ field, expected, found }) =>
        `${field === '' ? '' : `${field}: `}expected ${expected}, found ${found}`,
    )
    .join('; ');
}

function faultOf(issue: z.core.$ZodIssue, input: unknown): Fault {
  const field = issue.path.map(String).join('.');
  const found = describe(valueAt(input, issue.path));
  switch (issue.code) {
    case 'invalid_type':
      return { field, expected: TYPE_WORDS[issue.expected] ?? issue.expected, found };
    case 'too_small':
      return { field, expected: `at least ${issue.minimum}${unit(issue.origin)}`, found };
    case 'too_big':
      return { field, expected: `at most ${issue.maximum}${unit(issue.origin)}`, found };
    case 'invalid_value':
      return { field, expected: oneOf(issue.values), found };
    case 'unrecognized_keys':
      return { field, expected: 'only known fields', found: issue.keys.map(describe).join(', ') };
    case 'invalid_union':
      return {
        field,
        expected: 'options' in issue && issue.options ? oneOf(issue.options) : issue.message,
        found,
      };
    default:
      return { field, expected: issue.message, found };
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? describe(values[0]) : `one of ${values.map(describe).join(', ')}`;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > MAX_FOUND ? `${text.slice(0, MAX_FOUND)}…` : text;
}
