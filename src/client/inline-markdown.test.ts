import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInline } from './inline-markdown.ts';

test('code, emphasis and links are found', () => {
  assert.deepEqual(parseInline('Use `a *b*`, *not* **ever** _this_ [page](../next/).'), [
    { kind: 'text', text: 'Use ' },
    { kind: 'code', text: 'a *b*' },
    { kind: 'text', text: ', ' },
    { kind: 'em', text: 'not' },
    { kind: 'text', text: ' ' },
    { kind: 'strong', text: 'ever' },
    { kind: 'text', text: ' ' },
    { kind: 'em', text: 'this' },
    { kind: 'text', text: ' ' },
    { kind: 'link', text: 'page', href: '../next/' },
    { kind: 'text', text: '.' },
  ]);
});

test('what is no mark stays as it is', () => {
  for (const text of [
    '2 * 3 * 4',
    'snake_case_name',
    '<b onclick="x">',
    'a ` b',
    '[x](javascript:alert(1))',
    '',
  ]) {
    assert.equal(
      parseInline(text)
        .map((part) => part.text)
        .join(''),
      text,
    );
    assert.ok(
      parseInline(text).every(({ kind }) => kind === 'text'),
      text,
    );
  }
});
