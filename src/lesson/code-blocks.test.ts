import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promptOf, titleOf } from './code-blocks.ts';

test('a prompt is found with its blank', () => {
  for (const prompt of [
    '$ ',
    '# ',
    '(env) $ ',
    'student@python:~$ ',
    '(env) student@python:~/a$ ',
    '>>> ',
    'PS C:\\> ',
  ]) {
    assert.equal(promptOf(`${prompt}python3 --version`), prompt);
  }
});

test('output is not taken for a command', () => {
  for (const line of [
    'Python 3.11.2',
    '',
    '$HOME',
    '  $ indented',
    'costs $ 5',
    '-> /usr/bin/python3',
    '(env)',
  ]) {
    assert.equal(promptOf(line), undefined);
  }
});

test('a title is read from the meta string', () => {
  assert.equal(titleOf('title="app.py"'), 'app.py');
  assert.equal(titleOf('wrap title="my app.py" x'), 'my app.py');
  assert.equal(titleOf('subtitle="app.py"'), undefined);
  assert.equal(titleOf(undefined), undefined);
});
