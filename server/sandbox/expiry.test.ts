import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Expiry } from './expiry.ts';

const MINUTE = 60_000;

function watch(t: TestContext): {
  expiry: Expiry;
  told: string[];
  at: (minutes: number) => Date;
  tick: (minutes: number) => void;
} {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const told: string[] = [];
  const minute = (): string => `${Date.now() / MINUTE}`;
  const expiry = new Expiry({
    clock: () => Date.now(),
    onWarning: (id) => told.push(`${id} warned at ${minute()}`),
    onEnd: (id) => told.push(`${id} ended at ${minute()}`),
  });
  return {
    expiry,
    told,
    at: (minutes) => new Date(minutes * MINUTE),
    tick: (minutes) => {
      for (let n = 0; n < minutes; n++) t.mock.timers.tick(MINUTE);
    },
  };
}

test('warns ten and two minutes ahead, then tells the end, each once', (t) => {
  const { expiry, told, at, tick } = watch(t);
  expiry.set('a', at(30));
  tick(60);
  assert.deepEqual(told, ['a warned at 20', 'a warned at 28', 'a ended at 30']);
});

test('a short time has only the warnings that fit', (t) => {
  const { expiry, told, at, tick } = watch(t);
  expiry.set('a', at(5));
  expiry.set('b', at(1));
  tick(20);
  assert.deepEqual(told, ['b ended at 1', 'a warned at 3', 'a ended at 5']);
});

test('moving the end moves the warnings', (t) => {
  const { expiry, told, at, tick } = watch(t);
  expiry.set('a', at(30));
  tick(25);
  expiry.set('a', at(60));
  tick(60);
  assert.deepEqual(told, ['a warned at 20', 'a warned at 50', 'a warned at 58', 'a ended at 60']);
});

test('cleared and closed ones say nothing more', (t) => {
  const { expiry, told, at, tick } = watch(t);
  expiry.set('a', at(30));
  expiry.set('b', at(30));
  expiry.clear('a');
  expiry.close();
  tick(60);
  assert.deepEqual(told, []);
});

test('one in the past ends at once, but not within the call', (t) => {
  const { expiry, told, at } = watch(t);
  expiry.set('a', at(-1));
  assert.deepEqual(told, []);
  t.mock.timers.tick(0);
  assert.deepEqual(told, ['a ended at 0']);
});

test('an end that is moved by a warning is kept', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const ended: number[] = [];
  const expiry: Expiry = new Expiry({
    clock: () => Date.now(),
    onWarning: (id) => expiry.set(id, new Date(100 * MINUTE)),
    onEnd: () => ended.push(Date.now() / MINUTE),
  });
  expiry.set('a', new Date(11 * MINUTE));
  for (let n = 0; n < 80; n++) t.mock.timers.tick(MINUTE);
  assert.deepEqual(ended, []);
  expiry.close();
});
