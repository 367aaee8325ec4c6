import assert from 'node:assert/strict';
import { test } from 'node:test';
import { themeFrom } from './terminal-theme.ts';

test('every colour comes from its own variable', () => {
  const theme = themeFrom((variable) => variable);
  assert.equal(theme.background, '--terminal-background');
  assert.equal(theme.selectionBackground, '--terminal-selection');
  assert.equal(theme.black, '--terminal-ansi-0');
  assert.equal(theme.white, '--terminal-ansi-7');
  assert.equal(theme.brightWhite, '--terminal-ansi-15');
});

test('a missing variable keeps the colour of the terminal', () => {
  assert.deepEqual(new Set(Object.values(themeFrom(() => undefined))), new Set([undefined]));
});
