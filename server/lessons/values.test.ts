import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeValues } from './values.ts';

const secret = Buffer.alloc(32, 1);
const seed = { secret, id: 'sandbox', generation: 1 };
const all = [
  { name: 'network', kind: 'word' },
  { name: 'web_port', kind: 'port' },
  { name: 'db_password', kind: 'password' },
  { name: 'container', kind: 'script' },
] as const;

test('each kind has its form; those of scripts are not made', () => {
  for (let generation = 1; generation < 300; generation++) {
    const { network, web_port, db_password, ...rest } = makeValues(all, { ...seed, generation });
    assert.match(network ?? '', /^[a-z]{3,10}$/);
    assert.match(web_port ?? '', /^2\d{4}$/);
    assert.match(db_password ?? '', /^[A-Za-z][A-Za-z0-9]{11}$/);
    assert.deepEqual(rest, {});
  }
});

test('the same sandbox has the same values after a restart, others have others', () => {
  assert.deepEqual(makeValues(all, seed), makeValues(all, { ...seed }));
  const password = (changes: object) => makeValues(all, { ...seed, ...changes })['db_password'];
  const ways = [{}, { generation: 2 }, { id: 'other' }, { secret: Buffer.alloc(32, 2) }].map(password);
  assert.equal(new Set(ways).size, 4);
});

test('a value does not depend on those beside it', () => {
  const alone = makeValues([{ name: 'db_password', kind: 'password' }], seed);
  assert.equal(alone['db_password'], makeValues(all, seed)['db_password']);
});

test('ports and words of a lesson differ from each other', () => {
  const ten = (kind: 'word' | 'port') => Array.from({ length: 10 }, (_, n) => ({ name: `v${n}`, kind }));
  for (let generation = 1; generation < 200; generation++) {
    for (const kind of ['word', 'port'] as const) {
      const made = Object.values(makeValues(ten(kind), { ...seed, generation }));
      assert.equal(new Set(made).size, 10);
    }
  }
});

test('there are many words', () => {
  const words = new Set<string>();
  for (let generation = 1; generation < 2000; generation++)
    words.add(makeValues([{ name: 'n', kind: 'word' }], { ...seed, generation })['n'] ?? '');
  assert.ok(words.size > 150, String(words.size));
});
