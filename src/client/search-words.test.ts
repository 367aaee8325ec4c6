import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMeant, piecesOf } from './search-words.ts';

const words = (excerpt: string, heading?: string): string =>
  piecesOf(excerpt, heading)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('');

test('an excerpt is cut into what was looked for and what was not', () => {
  assert.equal(words('A <mark>volume</mark> is a folder.'), 'A [volume] is a folder.');
});

test('an excerpt that is torn out of its sentences says so at both ends', () => {
  assert.equal(words('made a <mark>volume</mark> for'), '… made a [volume] for …');
});

test('the heading of a section is not said again', () => {
  assert.equal(words('Volumes. A <mark>volume</mark> lasts.', 'Volumes'), 'A [volume] lasts.');
  assert.equal(words('<mark>Volumes.</mark> A <mark>volume</mark> lasts.', 'Volumes'), 'A [volume] lasts.');
  assert.equal(words('<mark>Volumes.</mark>', 'Volumes'), '');
});

test('text stays text, whatever signs it holds', () => {
  assert.equal(words('Write &lt;b&gt; &amp;amp; <mark>&lt;i&gt;</mark>.'), 'Write <b> &amp; [<i>].');
});

test('what was found is what was meant where it begins alike', () => {
  for (const [query, found] of [
    ['volume', 'volumes,'],
    ['volumn', 'volume'],
    ['docker exec', 'exec'],
    ['-v', '-v'],
    ['->', 'x'],
  ] as const) {
    assert.equal(isMeant(query, [found]), true, `${query}: ${found}`);
  }
  assert.equal(isMeant('xqzzy', ["'x"]), false);
  assert.equal(isMeant('xqzzy', []), false);
});
