import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownIn, shows } from './shown.ts';

test('commands with their output and tasks come in the order of the text', () => {
  const text = [
    '```console',
    '$ ls',
    'a',
    '',
    '(env) $ pwd',
    '```',
    '<Task id="one">',
    '```bash',
    '$ not this',
    '```',
    '</Task>',
  ];
  assert.deepEqual(shownIn(text.join('\n')), [
    { kind: 'command', command: 'ls', output: 'a\n', line: 2 },
    { kind: 'command', command: 'pwd', output: '', line: 5 },
    { kind: 'task', id: 'one' },
  ]);
});

test('a fence that begins with output or does not end is refused with its line', () => {
  assert.throws(() => shownIn('```console\nhello\n```'), /line 2: expected a prompt/);
  assert.throws(() => shownIn('text\n```console\n$ ls'), /line 2: expected an end/);
});

test('shown output is compared as it is; a line … stands for any lines', () => {
  assert.ok(shows('a (b)', 'a (b)'));
  assert.ok(shows('', ''));
  assert.ok(shows('a\n\nb', 'a\n   \nb'));
  assert.ok(shows('first\n…\nlast', 'first\n2\n3\nlast'));
  assert.ok(!shows('first\n…\nlast', 'first\n2'));
  assert.ok(!shows('a.b', 'acb'));
  assert.ok(!shows('a', 'a\nb'));
});
