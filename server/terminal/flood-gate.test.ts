import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { FloodGate } from './flood-gate.ts';

const CHUNK = 64 * 1024;

/** Terminals that print a chunk whenever they may, for some seconds; bytes of each. */
function printing(count: number, seconds: number): number[] {
  mock.timers.enable({ apis: ['setInterval'] });
  const gate = new FloodGate(2);
  const all = Array.from({ length: count }, () => ({ passage: gate.open(() => undefined), bytes: 0 }));
  for (let ms = 0; ms < seconds * 1000; ms++) {
    for (const one of all) {
      if (one.passage.held) continue;
      one.bytes += CHUNK;
      one.passage.spent(CHUNK);
    }
    mock.timers.tick(1);
  }
  mock.timers.reset();
  return all.map(({ bytes }) => bytes);
}

test('a flood alone never waits', () => {
  assert.deepEqual(printing(1, 2), [2000 * CHUNK]);
});

test('floods share a part of the machine, each the same', () => {
  const bytes = printing(20, 10);
  const total = bytes.reduce((sum, one) => sum + one, 0) / 10;
  const rate = total / 1024 / 1024;
  assert.ok(rate > 3.5 && rate < 4.5, `${rate} MB/s`);
  assert.ok(Math.max(...bytes) - Math.min(...bytes) <= 3 * CHUNK, bytes.join(' '));
});

test('who prints little does not wait beside floods, and who leaves is free at once', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const gate = new FloodGate(2);
  const told: boolean[] = [];
  const [one, other, quiet] = [0, 1, 2].map(() => gate.open(() => told.push(true)));
  for (const flood of [one, other]) for (let n = 0; n < 4; n++) flood?.spent(CHUNK);
  quiet?.spent(1000);
  mock.timers.tick(10);
  assert.deepEqual([one?.held, other?.held, quiet?.held], [true, true, false]);
  assert.equal(told.length, 2);
  one?.leave();
  assert.equal(one?.held, false);
  mock.timers.tick(10);
  assert.equal(other?.held, false, 'the other is alone');
  mock.timers.reset();
});
