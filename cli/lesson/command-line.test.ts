import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCommand } from './command-line.ts';

test('commands with their options', () => {
  assert.deepEqual(readCommand([]), { name: 'help' });
  assert.deepEqual(readCommand(['new', 'a/b']), { name: 'new', id: 'a/b', lab: 'python' });
  assert.deepEqual(readCommand(['check', 'a', '--fix']), { name: 'check', paths: ['a'], fix: true });
  const all = { name: 'test', paths: ['a', 'b'], changed: true, junit: 'x.xml', repeat: 3 };
  assert.deepEqual(readCommand(['test', 'a', 'b', '--changed', '--junit', 'x.xml', '--repeat', '3']), all);
  assert.deepEqual(readCommand(['export', 'a', '-o', 'f']), {
    name: 'export',
    path: 'a',
    html: false,
    output: 'f',
  });
});

test('what is not understood is told', () => {
  assert.throws(() => readCommand(['tset']), /Expected one of new, check, test and export, found "tset"/);
  assert.throws(
    () => readCommand(['test', '--repeat', '0']),
    /--repeat: expected a whole number from 1 to 100, found "0"/,
  );
  assert.throws(() => readCommand(['test', '--chnaged']), /Unknown option '--chnaged'/);
  assert.throws(
    () => readCommand(['new']),
    /Expected one argument: npm run lesson -- new <course>\/<slug>\. Found 0/,
  );
});
