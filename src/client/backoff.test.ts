import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST, SHORTEST, backoff, pause } from './backoff.ts';

test('the bound doubles up to the longest wait', () => {
  const most = () => 1;
  assert.deepEqual(
    [0, 1, 2, 5, 6, 1000].map((failures) => backoff(failures, most)),
    [SHORTEST, 500, 1000, LONGEST, LONGEST, LONGEST],
  );
});

test('the wait is spread over the whole range', () => {
  assert.equal(
    backoff(3, () => 0),
    0,
  );
  assert.equal(
    backoff(3, () => 0.5),
    1000,
  );
});

test('a pause ends early when woken, and lets go of the wake', async () => {
  const listeners = new Set<() => void>();
  const paused = pause(60_000, new AbortController().signal, (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });
  assert.equal(listeners.size, 1);
  for (const listener of listeners) listener();
  await paused;
  assert.equal(listeners.size, 0);
});

test('a pause ends early when aborted, also beforehand', async () => {
  const controller = new AbortController();
  const paused = pause(60_000, controller.signal);
  controller.abort();
  await paused;
  await pause(60_000, controller.signal);
});
