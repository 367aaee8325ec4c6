import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeLeft } from './expiry.ts';

test('puts the time left into words', () => {
  const minute = 60_000;
  const cases: [number, string][] = [
    [90 * minute, '1 h 30 min left'],
    [90 * minute + 900, '1 h 30 min left'],
    [120 * minute, '2 h left'],
    [59.8 * minute, '1 h left'],
    [10 * minute, '10 min left'],
    [minute, 'Last minute'],
    [1, 'Last minute'],
    [0, 'Time is up'],
    [-5, 'Time is up'],
  ];
  for (const [ms, words] of cases) assert.equal(timeLeft(ms), words, String(ms));
});
