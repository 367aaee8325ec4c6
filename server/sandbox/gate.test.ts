import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Gate } from './gate.ts';

const never = new AbortController().signal;

test('runs at most so many at a time, and all of them', async () => {
  const gate = new Gate(3);
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
  };
  await Promise.all(Array.from({ length: 20 }, () => gate.run(never, work)));
  assert.equal(most, 3);
  assert.equal(running, 0);
});

test('failures and aborted waits give their places back, and no more than those', async () => {
  const gate = new Gate(1);
  const first = Promise.withResolvers<void>();
  const holding = gate.run(never, () => first.promise);
  const leaving = new AbortController();
  const left = gate.run(leaving.signal, () => Promise.reject(new Error('must not run')));
  const failing = gate.run(never, () => Promise.reject(new Error('broken')));
  leaving.abort(new Error('left'));
  await assert.rejects(left, /left/);
  first.resolve();
  await holding;
  await assert.rejects(failing, /broken/);
  let running = 0;
  const work = async (): Promise<void> => {
    assert.equal(++running, 1);
    await setImmediate();
    running--;
  };
  await Promise.all([gate.run(never, work), gate.run(never, work), gate.run(never, work)]);
});

test('an aborted signal does not enter', async () => {
  const run = new Gate(1).run(AbortSignal.abort(new Error('left')), () => Promise.resolve());
  await assert.rejects(run, /left/);
});
