import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DrydockError } from '../errors.ts';
import { backOff, pause, raced, within } from './deadline.ts';

const forever = (): Promise<never> => new Promise(() => undefined);

test('within gives what the work gives', async () => {
  assert.equal(await within({ ms: 10_000, what: 'Work' }, () => Promise.resolve(42)), 42);
  await assert.rejects(
    within({ ms: 10_000, what: 'Work' }, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
});

test('within rejects with timeout after the deadline, even if the work ignores its signal', async () => {
  await assert.rejects(within({ ms: 5, what: 'Work' }, forever), (error: unknown) => {
    return (
      error instanceof DrydockError && error.code === 'timeout' && error.message === 'Work took too long.'
    );
  });
});

test('within aborts the work at the deadline and hands over a late result', async () => {
  const late: number[] = [];
  let aborted = false;
  const work = async (signal: AbortSignal): Promise<number> => {
    await sleep(30);
    aborted = signal.aborted;
    return 7;
  };
  await assert.rejects(
    within({ ms: 5, what: 'Work', late: (value) => late.push(value) }, work),
    /took too long/,
  );
  await sleep(60);
  assert.equal(aborted, true);
  assert.deepEqual(late, [7]);
});

test('within rejects with the reason of the signal, without starting the work when it is aborted already', async () => {
  const controller = new AbortController();
  const wait = within({ ms: 10_000, what: 'Work', signal: controller.signal }, forever);
  controller.abort(new Error('left'));
  await assert.rejects(wait, /left/);
  let started = false;
  const start = (): Promise<void> => Promise.resolve(void (started = true));
  await assert.rejects(within({ ms: 10_000, what: 'Work', signal: controller.signal }, start), /left/);
  assert.equal(started, false);
});

test('raced passes over a rejection that comes after the abort', async () => {
  const work = Promise.withResolvers<void>();
  await assert.rejects(raced(work.promise, AbortSignal.abort(new Error('left'))), /left/);
  work.reject(new Error('nobody hears this'));
  await sleep(1);
});

test('pause ends early when aborted', async () => {
  const controller = new AbortController();
  const wait = pause(600_000, controller.signal);
  controller.abort();
  await wait;
  await pause(600_000, controller.signal);
});

test('backOff doubles up to its bound', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 1000].map((failures) => backOff(failures)),
    [1000, 2000, 4000, 32_000, 60_000, 60_000],
  );
});
