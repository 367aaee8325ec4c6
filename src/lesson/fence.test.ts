import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, promptOf, readFence } from './fence.ts';

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

test('a line of output that begins like the prompt of root is output', () => {
  const shown = '$ cat list.txt\n# Written by hand.\n$ ls';
  assert.equal(commandsOf('console', shown), 'cat list.txt\nls');
  assert.equal(commandsOf('console', '# id -u\n0\n# exit'), 'id -u\nexit');
});

test('the words behind the language are read in any order', () => {
  assert.deepEqual(readFence('bash', 'title="my app.sh" run'), {
    title: 'my app.sh',
    run: true,
    verbatim: false,
  });
  assert.deepEqual(readFence('html', 'verbatim'), { run: false, verbatim: true });
  assert.deepEqual(readFence('text', undefined), { run: false, verbatim: false });
});

test('every word that has no meaning is told', () => {
  const told: string[] = [];
  readFence('bash', 'runn subtitle="a" {1,3}', (message) => told.push(message));
  assert.equal(told.length, 3);
  assert.match(told[0] ?? '', /found "runn"; did you mean run\?/);
  readFence('python', 'run', (message) => told.push(message));
  assert.match(told[3] ?? '', /expected a fence of `console` or `bash`, found "python"/);
});

test('of a dialogue only the commands are typed, of a script every line', () => {
  assert.equal(commandsOf('console', '$ cd x\n$ cat <<E\n> a\n> E\na\n'), 'cd x\ncat <<E\na\nE');
  assert.equal(commandsOf('console', 'only output'), '');
  assert.equal(commandsOf('bash', 'cd x\n\nls\n'), 'cd x\n\nls');
});
