import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDifference, leavesOpen, shows } from './shows.ts';

test('shown output is compared as it is, blanks at the ends of lines aside', () => {
  assert.ok(shows('a (b)', 'a (b)'));
  assert.ok(shows('', ''));
  assert.ok(shows('a\n\nb', 'a\n   \nb'));
  assert.ok(!shows('a.b', 'acb'));
  assert.ok(!shows('a', 'a\nb'));
  assert.ok(!shows('a\nb', 'a'));
});

test('a line … stands for any lines, also none; … in a line for any characters of it', () => {
  assert.ok(shows('first\n…\nlast', 'first\n2\n3\nlast'));
  assert.ok(shows('first\n…\nlast', 'first\nlast'));
  assert.ok(shows('first\n…', 'first\n2'));
  assert.ok(shows('first\n…', 'first'));
  assert.ok(!shows('first\n…\nlast', 'first\n2'));
  assert.ok(shows('id: …, up', 'id: 3fa, up'));
  assert.ok(!shows('id: …, up', 'id: 3fa\n, up'));
});

test('the first line that differs is told', () => {
  assert.deepEqual(firstDifference('a\nb\nc', 'a\nB\nc'), { expected: 'b', found: 'B' });
  assert.deepEqual(firstDifference('a', 'a\nb'), { expected: '(nothing more)', found: 'b' });
  assert.equal(firstDifference('a\n…\nz', 'a\nb').expected, 'z');
});

test('… alone shows nothing that could be compared', () => {
  assert.ok(leavesOpen('…') && leavesOpen('…\n'));
  for (const shown of ['', '… done', 'done\n…', '…\ndone']) assert.ok(!leavesOpen(shown), shown);
});
