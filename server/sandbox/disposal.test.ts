import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { StubEngine, until } from '../../tests/fakes/stub-sandboxes.ts';
import { Disposal } from './disposal.ts';

const log = pino({ level: 'silent' });

test('destroys, once, however often it is asked', async () => {
  const gone: string[] = [];
  const disposal = new Disposal({ log, onGone: (id) => gone.push(id) });
  const sandbox = new StubEngine().add('lab');
  await Promise.all([disposal.dispose(sandbox), disposal.dispose(sandbox)]);
  assert.equal(sandbox.destroyed, 1);
  assert.deepEqual(gone, [sandbox.info.id]);
  await until(() => disposal.pending === 0, 'nothing is pending');
  await disposal.close();
});

test('goes on trying in the background until it is gone', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const disposal = new Disposal({ log });
  const sandbox = new StubEngine().add('lab');
  sandbox.destroyError = new Error('not yet');
  await disposal.dispose(sandbox);
  assert.equal(disposal.pending, 1);
  sandbox.destroyError = undefined;
  await until(() => {
    t.mock.timers.tick(1000);
    return sandbox.destroyed === 1;
  }, 'it is destroyed');
  await until(() => disposal.pending === 0, 'nothing is pending');
});

test('an attempt that never ends is given up and made again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const disposal = new Disposal({ log, deadlineMs: 500 });
  const sandbox = new StubEngine().add('lab');
  const destroy = sandbox.destroy.bind(sandbox);
  let attempts = 0;
  sandbox.destroy = () => (++attempts === 1 ? new Promise(() => undefined) : destroy());
  void disposal.dispose(sandbox);
  await until(() => {
    t.mock.timers.tick(500);
    return sandbox.destroyed === 1;
  }, 'the second attempt');
});

test('close makes no further attempts', async () => {
  const disposal = new Disposal({ log });
  const sandbox = new StubEngine().add('lab');
  let attempts = 0;
  sandbox.destroy = () => {
    attempts++;
    return Promise.reject(new Error('never'));
  };
  void disposal.dispose(sandbox);
  await disposal.close();
  await until(() => disposal.pending === 0, 'nothing is pending');
  assert.equal(attempts, 1);
});
