import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { faultsOf, inWords } from './explain.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(4),
  size: z.int().min(1).max(9),
  kind: z.enum(['a', 'b']).optional(),
  list: z.array(z.object({ id: z.string() })).optional(),
});

for (const [what, input, words] of [
  ['a missing field', { size: 1 }, 'name: expected a string, found nothing'],
  ['a wrong type', { name: 'ab', size: '1' }, 'size: expected a number, found "1"'],
  ['half a number', { name: 'ab', size: 1.5 }, 'size: expected a whole number, found 1.5'],
  ['too much', { name: 'ab', size: 10 }, 'size: expected at most 9, found 10'],
  ['too little', { name: 'a', size: 1 }, 'name: expected at least 2 characters, found "a"'],
  ['a value that is none', { name: 'ab', size: 1, kind: 'c' }, 'kind: expected one of "a", "b", found "c"'],
  ['an unknown field', { name: 'ab', size: 1, x: 1 }, 'expected only known fields, found "x"'],
  [
    'a fault deep inside',
    { name: 'ab', size: 1, list: [{ id: 5 }] },
    'list.0.id: expected a string, found 5',
  ],
  ['no object', [], 'expected an object, found a list'],
  ['null', null, 'expected an object, found nothing'],
] as const) {
  test(`it says what is wrong with ${what}`, () => {
    const { error } = schema.safeParse(input);
    assert.ok(error);
    assert.equal(inWords(faultsOf(error, input)), words);
  });
}

test('what was found is cut, and faults are bounded', () => {
  const input = { name: 'x'.repeat(10_000), size: 1 };
  const { error } = schema.safeParse(input);
  assert.ok(error && inWords(faultsOf(error, input)).length < 150);
  const many = z.array(z.string()).safeParse(Array(100).fill(1));
  assert.equal(many.error && faultsOf(many.error, Array(100).fill(1)).length, 5);
});
