import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownAfter, tabAfter } from './terminal-names.ts';

test('what is shown stays shown while it is there', () => {
  assert.equal(shownAfter(['main', 'a', 'b'], ['main', 'b'], 'b'), 'b');
  assert.equal(shownAfter(['main'], ['main', 'a'], 'main'), 'main');
});

test('in place of one that is gone comes the nearest before it that is left', () => {
  assert.equal(shownAfter(['main', 'a', 'b'], ['main', 'a'], 'b'), 'a');
  assert.equal(shownAfter(['main', 'a', 'b', 'c'], ['main', 'a', 'c'], 'b'), 'a');
  assert.equal(shownAfter(['main', 'a', 'b'], ['main'], 'b'), 'main');
  assert.equal(shownAfter(['main'], ['main', 'a'], 'never-there'), 'main');
});

test('arrows lead round, Home and End to the ends, other keys nowhere', () => {
  assert.equal(tabAfter('ArrowRight', 0, 3), 1);
  assert.equal(tabAfter('ArrowRight', 2, 3), 0);
  assert.equal(tabAfter('ArrowLeft', 0, 3), 2);
  assert.equal(tabAfter('Home', 2, 3), 0);
  assert.equal(tabAfter('End', 0, 3), 2);
  assert.equal(tabAfter('x', 0, 3), undefined);
});
