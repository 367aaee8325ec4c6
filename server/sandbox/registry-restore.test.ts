import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle, until } from '../../tests/fakes/stub-sandboxes.ts';
import { lesson, World } from '../../tests/fakes/registry-world.ts';

const never = new AbortController().signal;
const one = lesson('one');
const cold = lesson('cold', 'cold');

test('after a restart a learner finds the same sandbox under the same id, with the same end', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  const { entry } = await before.registry.start('ann', one);
  await before.registry.reset('ann', entry.id);
  const was = before.registry.get('ann', entry.id);
  const sandbox = await before.registry.sandbox(entry.id, never);
  await before.stop();
  assert.equal(world.engine.running.has(sandbox.info.id), true);
  world.pass(30);
  const { registry } = await world.warmServer();
  assert.deepEqual(registry.get('ann', entry.id), was);
  assert.equal(await registry.sandbox(entry.id, never), sandbox);
  assert.equal((await registry.start('ann', one)).created, false);
  world.pass(30);
  assert.equal(registry.get('ann', entry.id).state, 'ended');
});

test('unclaimed sandboxes go back to the pool and no more are started than needed', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  await before.registry.start('ann', one);
  // The pool rests a moment after a claim.
  t.mock.timers.tick(1000);
  await until(() => before.pool.counters().warm['a'] === 2, 'the pool is full');
  await before.stop();
  const created = world.engine.created;
  const after = await world.warmServer();
  await settle();
  assert.equal(world.engine.created, created);
  assert.equal((await after.registry.start('bob', one)).entry.state, 'ready');
});

test('a sandbox that a learner has used never goes back to the pool', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  const { entry } = await before.registry.start('ann', one);
  const used = world.engine.running.get((await before.registry.sandbox(entry.id, never)).info.id);
  assert.ok(used);
  // The engine fails just when it is to be destroyed, and the server stops.
  used.destroyError = new Error('not now');
  await before.registry.end('ann', entry.id);
  await before.stop();
  used.destroyError = undefined;
  const after = await world.warmServer();
  await until(() => used.destroyed === 1, 'it is destroyed');
  await until(() => world.claims.all().length === 0, 'the claim is removed');
  assert.deepEqual(after.registry.all(), []);
});

test('a scene that was half laid out is not handed out', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  world.prepareScene = () => new Promise(() => undefined);
  void before.registry.start('ann', one).catch(() => undefined);
  await until(() => world.claims.all().length === 1, 'it is claimed');
  const [claim] = world.claims.all();
  assert.ok(claim);
  // A crash: nothing of the first server runs any more, nothing was tidied up.
  const after = world.server();
  await after.registry.restore();
  assert.deepEqual(after.registry.all(), []);
  await until(() => !world.engine.running.has(claim.engineId), 'it is destroyed');
});

test('one that ran out of time, or died, while the server was away is ended with its reason', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  const early = await before.registry.start('ann', one);
  world.pass(40);
  const late = await before.registry.start('bob', one);
  const died = await before.registry.sandbox(late.entry.id, never);
  await before.stop();
  world.pass(30);
  const stub = world.engine.running.get(died.info.id);
  assert.ok(stub);
  stub.dead = true;
  const { registry } = await world.warmServer();
  const first = registry.get('ann', early.entry.id);
  assert.deepEqual([first.state, first.reason], ['ended', "The lab's time is up."]);
  const second = registry.get('bob', late.entry.id);
  assert.deepEqual(
    [second.state, second.reason],
    ['ended', 'The lab ended while the server was not running.'],
  );
  await until(() => world.claims.all().length === 0, 'no claim is left');
  assert.equal((await registry.start('ann', one)).created, true);
});

test('while the engine does not answer, labs are starting; when it is back they are found', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  const { entry } = await before.registry.start('ann', one);
  const sandbox = await before.registry.sandbox(entry.id, never);
  await before.stop();
  world.engine.gone = true;
  const after = world.server();
  after.labs.prepareAll();
  await after.registry.restore();
  const waiting = after.registry.get('ann', entry.id);
  assert.deepEqual([waiting.state, waiting.step], ['starting', 'waiting for the engine']);
  assert.equal((await after.registry.start('ann', one)).entry.id, entry.id);
  const other = await after.registry.start('bob', cold);
  assert.deepEqual([other.entry.state, other.entry.step], ['starting', 'waiting for the engine']);
  const found = after.registry.sandbox(entry.id, never);
  world.engine.gone = false;
  world.pass(1);
  assert.equal(await found, sandbox);
  assert.equal((await after.registry.sandbox(other.entry.id, never)).info.lab, 'cold');
  assert.equal(after.registry.get('ann', entry.id).state, 'ready');
});

test('ended while the engine was away, it is destroyed when that is back', async (t) => {
  const world = new World(t);
  const before = await world.warmServer();
  const { entry } = await before.registry.start('ann', one);
  const { info } = await before.registry.sandbox(entry.id, never);
  await before.stop();
  world.engine.gone = true;
  const after = world.server();
  await after.registry.restore();
  await after.registry.end('ann', entry.id);
  world.engine.gone = false;
  world.pass(1);
  await until(() => !world.engine.running.has(info.id), 'it is destroyed');
  assert.deepEqual(after.registry.all(), []);
});

test('close ends a start under way and every wait, and can be called while the engine is away', async (t) => {
  const world = new World(t);
  const { registry, stop } = await world.warmServer();
  world.engine.beforeCreate = () => new Promise(() => undefined);
  const { entry } = await registry.start('ann', cold);
  const waiting = registry.sandbox(entry.id, never);
  const [outcome] = await Promise.allSettled([waiting, stop()]);
  assert.equal(outcome.status, 'rejected');
  world.engine.gone = true;
  const second = world.server();
  await second.registry.restore();
  await second.stop();
});
