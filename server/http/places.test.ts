import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Places } from './places.ts';

test('the bound holds for each key, and a place is given back once', () => {
  const places = new Places(2, 'viewers');
  const leave = places.take('a');
  places.take('a');
  places.take('b');
  assert.throws(() => places.take('a'), { code: 'busy', message: /2 viewers/ });
  leave();
  leave();
  places.take('a');
  assert.throws(() => places.take('a'), { code: 'busy' });
});
