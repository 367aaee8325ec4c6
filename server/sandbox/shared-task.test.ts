import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildProgress } from './engine.ts';
import { SharedTasks, type Waiter } from './shared-task.ts';

/** A waiter that records its progress and can leave. */
function makeWaiter() {
  const controller = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ progress }: BuildProgress) => seen.push(progress);
  return { seen, controller, onProgress, signal: controller.signal };
}

/** Work that is steered by the test. */
function makeWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const starts: Waiter[] = [];
  const work = (shared: Waiter) => {
    starts.push(shared);
    shared.signal.addEventListener('abort', () => reject(shared.signal.reason));
    return promise;
  };
  return { work, resolve, reject, starts };
}

test('those who ask for the same work share it and its progress, which never falls', async () => {
  const tasks = new SharedTasks<string>();
  const { work, resolve, starts } = makeWork();
  const [one, two] = [makeWaiter(), makeWaiter()];
  const first = tasks.join('key', one, work);
  await Promise.resolve();
  starts[0]?.onProgress({ progress: 0.5, step: '' });
  const second = tasks.join('key', two, work);
  starts[0]?.onProgress({ progress: 0.2, step: '' });
  starts[0]?.onProgress({ progress: 0.7, step: '' });
  resolve('done');
  assert.deepEqual(await Promise.all([first, second]), ['done', 'done']);
  assert.equal(starts.length, 1);
  assert.deepEqual(one.seen, [0.5, 0.5, 0.7]);
  assert.deepEqual(two.seen, [0.5, 0.5, 0.7]);
});

test('one who leaves does not end the work for the others; the last one does', async () => {
  const tasks = new SharedTasks<string>();
  const { work, starts } = makeWork();
  const [one, two] = [makeWaiter(), makeWaiter()];
  const first = tasks.join('key', one, work);
  const second = tasks.join('key', two, work);
  const left = new Error('left');
  one.controller.abort(left);
  await assert.rejects(first, left);
  assert.equal(starts[0]?.signal.aborted, false);
  two.controller.abort(left);
  await assert.rejects(second, left);
  assert.equal(starts[0]?.signal.aborted, true);
});

test('after a failure, and after an end, the work is started again', async () => {
  const tasks = new SharedTasks<string>();
  const failing = tasks.join('key', makeWaiter(), () => Promise.reject(new Error('failed')));
  await assert.rejects(failing, /failed/);
  assert.equal(await tasks.join('key', makeWaiter(), async () => 'again'), 'again');
  assert.equal(await tasks.join('key', makeWaiter(), async () => 'and again'), 'and again');
});

test('close aborts all', async () => {
  const tasks = new SharedTasks<string>();
  const { work } = makeWork();
  const joined = tasks.join('key', makeWaiter(), work);
  await Promise.resolve();
  const reason = new Error('stop');
  tasks.close(reason);
  await assert.rejects(joined, reason);
});
