import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdleGuard, type Idler } from './idle-guard.ts';

const MINUTE = 60_000;

function setUp(sandboxes: Idler[]) {
  const world = { now: 0, watched: new Set<string>(), ended: [] as string[], sandboxes };
  const guard = new IdleGuard({
    sandboxes: () => world.sandboxes,
    watched: ({ id }) => world.watched.has(id),
    end: ({ id }, reason) => void world.ended.push(`${id}: ${reason}`),
    clock: () => world.now,
  });
  const at = (minutes: number): string[] => {
    world.now = minutes * MINUTE;
    guard.look();
    return world.ended;
  };
  return { world, at };
}

test('a sandbox that goes unwatched for its time is ended, with the reason', () => {
  const { at } = setUp([{ id: 'a', generation: 1, idleMinutes: 10 }]);
  at(0);
  assert.deepEqual(at(9.9), []);
  assert.deepEqual(at(10), ['a: Nobody looked at the lab for 10 minutes.']);
});

test('each look of a viewer begins the time anew', () => {
  const { world, at } = setUp([{ id: 'a', generation: 1, idleMinutes: 10 }]);
  at(0);
  world.watched.add('a');
  at(9);
  world.watched.clear();
  assert.deepEqual(at(18), []);
  assert.equal(at(19).length, 1);
});

test('a reset begins the time anew; 0 minutes never end', () => {
  const { world, at } = setUp([
    { id: 'a', generation: 1, idleMinutes: 10 },
    { id: 'b', generation: 1, idleMinutes: 0 },
  ]);
  at(0);
  world.sandboxes = [
    { id: 'a', generation: 2, idleMinutes: 10 },
    { id: 'b', generation: 1, idleMinutes: 0 },
  ];
  assert.deepEqual(at(12), []);
  assert.deepEqual(at(21), []);
  assert.equal(at(22).length, 1);
});
