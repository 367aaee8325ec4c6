import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabWatch } from './lab-watch.ts';

const STARTING = {
  name: 'starting',
  work: 'start',
  step: undefined,
  progress: undefined,
  trouble: undefined,
} as const;

test('who waits hears when the lab is ready, and when it will not be', async () => {
  const watch = new LabWatch();
  assert.equal(await watch.ready(new AbortController().signal), false, 'nothing starts');
  watch.set(STARTING);
  const waits = [watch.ready(new AbortController().signal), watch.ready(new AbortController().signal)];
  watch.set({ name: 'ready' });
  assert.deepEqual(await Promise.all(waits), [true, true]);
  watch.set(STARTING);
  const waiting = watch.ready(new AbortController().signal);
  watch.set({ name: 'ended', cause: 'failed', reason: undefined });
  assert.equal(await waiting, false);
});

test('waiting ends with the signal, also when it was aborted before', async () => {
  const watch = new LabWatch();
  watch.set(STARTING);
  const controller = new AbortController();
  const waiting = watch.ready(controller.signal);
  controller.abort();
  assert.equal(await waiting, false);
  assert.equal(await watch.ready(controller.signal), false);
});
