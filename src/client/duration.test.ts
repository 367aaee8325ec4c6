import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationWords, timeTaken } from './duration.ts';

test('minutes, hours, days', () => {
  assert.deepEqual(
    [0, 1, 59, 60, 65, 121, 24 * 60, 80 * 60].map((minutes) => durationWords(minutes * 60_000)),
    [
      '1 minute',
      '1 minute',
      '59 minutes',
      '1 hour',
      '1 hour 5 minutes',
      '2 hours 1 minute',
      '1 day',
      '3 days',
    ],
  );
});

test('a lesson takes from its start to its last task', () => {
  const lesson = { id: 'a/b', startedAt: '2026-01-01T10:00:00Z', tasks: [], help: [] };
  assert.equal(timeTaken(lesson), undefined);
  assert.equal(timeTaken({ ...lesson, finishedAt: '2026-01-01T10:02:00Z' }), 120_000);
  assert.equal(timeTaken({ ...lesson, finishedAt: '2025-01-01T10:00:00Z' }), undefined);
});
