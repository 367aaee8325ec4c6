import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle, until } from '../../tests/fakes/stub-sandboxes.ts';
import { lesson, MINUTE, World, type Server } from '../../tests/fakes/registry-world.ts';
import { DrydockError } from '../errors.ts';

const never = new AbortController().signal;
const one = lesson('one');
const cold = lesson('cold', 'cold');

/** Started and over with starting, whatever came of it. */
async function startAndWait(server: Server, learner: string, scene = one): Promise<string> {
  const { entry } = await server.registry.start(learner, scene);
  await until(
    () => server.registry.get(learner, entry.id).state !== 'starting',
    'it is not starting any more',
  );
  return entry.id;
}

test('a start with a warm sandbox is ready at once, with the scene laid out', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const { entry, created } = await registry.start('ann', one);
  assert.equal(created, true);
  assert.match(entry.id, /^[\w-]{22}$/);
  const { id, ...rest } = entry;
  assert.deepEqual(rest, {
    learner: 'ann',
    lesson: 'course/one',
    lab: 'a',
    state: 'ready',
    expiresAt: new Date(Date.now() + 60 * MINUTE),
    generation: 1,
  });
  const sandbox = await registry.sandbox(id, never);
  assert.deepEqual(world.scenes, [`course/one in ${sandbox.info.id}`]);
  assert.deepEqual(
    changes.map(({ state }) => state),
    ['starting', 'ready'],
  );
});

test('every start that comes to a ready sandbox is told once, with its lab, its kind and its time', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const told: object[] = [];
  const off = registry.onReady((readiness) => told.push(readiness));
  await registry.start('ann', one);
  await registry.start('ann', one);
  const { entry } = await registry.start('bob', cold);
  await until(() => registry.get('bob', entry.id).state === 'ready', 'the cold one is ready');
  off();
  await registry.reset('bob', entry.id);
  assert.deepEqual(told, [
    { lab: 'a', warm: true, ms: 0 },
    { lab: 'cold', warm: false, ms: 0 },
  ]);
});

test('the same learner and lesson get the same one, also when asked for at the same time', async (t) => {
  const { registry } = await new World(t).warmServer();
  const starts = await Promise.all(Array.from({ length: 10 }, () => registry.start('ann', one)));
  assert.equal(new Set(starts.map(({ entry }) => entry.id)).size, 1);
  assert.equal(starts.filter(({ created }) => created).length, 1);
  assert.ok(starts.every(({ entry }) => entry.state === 'ready'));
  const again = await registry.start('ann', one);
  assert.deepEqual(
    { id: again.entry.id, created: again.created },
    { id: starts[0]?.entry.id, created: false },
  );
  const other = await registry.start('bob', one);
  assert.notEqual(other.entry.id, again.entry.id);
  assert.notEqual(
    await registry.sandbox(other.entry.id, never),
    await registry.sandbox(again.entry.id, never),
  );
});

test('a cold start answers at once and tells its way by changes', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const begin = Promise.withResolvers<void>();
  world.engine.beforeCreate = () => begin.promise;
  const { entry } = await registry.start('ann', cold);
  assert.equal(entry.state, 'starting');
  assert.equal(entry.step, 'starting the sandbox');
  const sandbox = registry.sandbox(entry.id, never);
  begin.resolve();
  assert.equal((await sandbox).info.lab, 'cold');
  const ready = registry.get('ann', entry.id);
  assert.deepEqual({ state: ready.state, step: ready.step }, { state: 'ready', step: undefined });
  assert.equal(changes.at(-1), ready);
});

test('a scene that takes long is waited for as a start', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const scene = Promise.withResolvers<void>();
  world.prepareScene = () => scene.promise;
  const start = registry.start('ann', one);
  await until(() => world.scenes.length === 1, 'the scene is being laid out');
  t.mock.timers.tick(3000);
  const { entry } = await start;
  assert.equal(entry.state, 'starting');
  scene.resolve();
  await registry.sandbox(entry.id, never);
  assert.equal(registry.get('ann', entry.id).state, 'ready');
});

test('somebody else finds nothing', async (t) => {
  const { registry } = await new World(t).warmServer();
  const { entry } = await registry.start('ann', one);
  const nothing = { code: 'not-found', message: 'There is no such lab.' };
  assert.throws(() => registry.get('bob', entry.id), nothing);
  assert.throws(() => registry.get('bob', 'no-such-id'), nothing);
  await assert.rejects(registry.reset('bob', entry.id), nothing);
  await assert.rejects(registry.extend('bob', entry.id), nothing);
  await assert.rejects(registry.end('bob', entry.id), nothing);
  assert.deepEqual(registry.ofLearner('bob'), []);
  assert.deepEqual(registry.ofLearner('ann'), [entry]);
  assert.equal(registry.get('ann', entry.id).state, 'ready');
});

test('a learner gets as many as the limit says, and then hears which to end', async (t) => {
  const { registry } = await new World(t).warmServer();
  const results = await Promise.allSettled([
    registry.start('ann', one),
    registry.start('ann', lesson('two')),
    registry.start('ann', lesson('three')),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
  );
  await assert.rejects(registry.start('ann', lesson('three')), {
    code: 'busy',
    message: 'You can have 2 labs at the same time. End the lab of "course/one" or "course/two" first.',
  });
  // A refusal takes no place, and an ended one gives its place back.
  const [first] = registry.ofLearner('ann');
  await registry.end('ann', first?.id ?? '');
  await registry.start('ann', lesson('three'));
  await assert.rejects(registry.start('ann', lesson('four')), { code: 'busy' });
});

test('all learners together get as many as the limit says, failed ones not counted', async (t) => {
  const world = new World(t);
  const server = await world.warmServer();
  const starts = await Promise.allSettled(
    ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'].map((learner) => server.registry.start(learner, one)),
  );
  assert.equal(starts.filter(({ status }) => status === 'fulfilled').length, 4);
  await assert.rejects(server.registry.start('eve', one), {
    code: 'busy',
    message: /^All places for labs are taken/,
  });
  const ann = server.registry.ofLearner('ann')[0]?.id ?? '';
  await server.registry.end('ann', ann);
  world.prepareScene = () => Promise.reject(new Error('broken'));
  await server.registry.start('eve', one).catch(() => undefined);
  await until(() => server.registry.ofLearner('eve')[0]?.state === 'failed', 'it has failed');
  world.prepareScene = async () => undefined;
  await server.registry.start('fay', one);
});

test('a cold start that fails is failed with its reason, and the next start replaces it', async (t) => {
  const world = new World(t);
  const server = await world.warmServer();
  world.engine.beforeCreate = () =>
    Promise.reject(new DrydockError('engine-unavailable', 'The engine is away.'));
  const id = await startAndWait(server, 'ann', cold);
  const failed = server.registry.get('ann', id);
  assert.deepEqual(
    { state: failed.state, reason: failed.reason },
    { state: 'failed', reason: 'The engine is away.' },
  );
  await assert.rejects(server.registry.sandbox(id, never), { code: 'engine-unavailable' });
  world.engine.beforeCreate = () => Promise.resolve();
  const next = await startAndWait(server, 'ann', cold);
  assert.notEqual(next, id);
  assert.throws(() => server.registry.get('ann', id), { code: 'not-found' });
  assert.equal(server.registry.get('ann', next).state, 'ready');
  assert.equal(server.registry.ofLearner('ann').length, 1);
});

test('a scene that fails destroys the sandbox and keeps our words for the log', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  world.prepareScene = () => Promise.reject(new Error('secret path'));
  await assert.rejects(registry.start('ann', one), /secret path/);
  const [failed] = registry.ofLearner('ann');
  assert.deepEqual([failed?.state, failed?.reason], ['failed', 'The lab could not be started. Try again.']);
  await until(() => world.claims.all().length === 0, 'nothing is claimed any more');
});

test('reset gives a fresh sandbox under the same id and destroys the old one', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  const old = await registry.sandbox(entry.id, never);
  changes.length = 0;
  world.pass(5);
  const fresh = await registry.reset('ann', entry.id);
  assert.deepEqual(
    [fresh.id, fresh.state, fresh.generation, fresh.expiresAt],
    [entry.id, 'ready', 2, new Date(Date.now() + 60 * MINUTE)],
  );
  assert.deepEqual(
    changes.map(({ state, generation }) => `${state} ${generation}`),
    ['starting 2', 'ready 2'],
  );
  const sandbox = await registry.sandbox(entry.id, never);
  assert.notEqual(sandbox, old);
  await until(() => !world.engine.running.has(old.info.id), 'the old one is destroyed');
  assert.deepEqual(
    world.claims.all().map(({ engineId, state }) => [engineId, state]),
    [[sandbox.info.id, 'ready']],
  );
  // What the old one's terminal tells late does not concern the new one.
  registry.markEnded(entry.id, 'too late', 1);
  assert.equal(registry.get('ann', entry.id).state, 'ready');
});

test('reset is refused while starting, and works from ended and failed where there is a place', async (t) => {
  const world = new World(t);
  const server = await world.warmServer();
  const { registry } = server;
  const begin = Promise.withResolvers<void>();
  world.engine.beforeCreate = () => begin.promise;
  const { entry } = await registry.start('ann', cold);
  await assert.rejects(registry.reset('ann', entry.id), { code: 'conflict' });
  await settle();
  begin.reject(new Error('broken'));
  await until(() => registry.get('ann', entry.id).state === 'failed', 'it has failed');
  world.engine.beforeCreate = () => Promise.resolve();
  await registry.reset('ann', entry.id);
  await registry.sandbox(entry.id, never);
  registry.markEnded(entry.id, 'gone');
  await registry.start('ann', one);
  await registry.start('ann', lesson('two'));
  await assert.rejects(registry.reset('ann', entry.id), { code: 'busy' });
  await registry.end('ann', registry.ofLearner('ann').find(({ lesson: id }) => id === one.id)?.id ?? '');
  assert.equal((await registry.reset('ann', entry.id)).generation, 3);
  await registry.sandbox(entry.id, never);
  world.lessons.delete(cold.id);
  await assert.rejects(registry.reset('ann', entry.id), {
    code: 'conflict',
    message: /does not exist any more/,
  });
});

test('the time runs out: two warnings, then ended with the reason, then forgotten', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  const { info } = await registry.sandbox(entry.id, never);
  const warned: number[] = [];
  registry.onExpiring(({ expiresAt }) => warned.push((expiresAt.getTime() - Date.now()) / MINUTE));
  world.pass(59);
  assert.equal(registry.get('ann', entry.id).state, 'ready');
  world.pass(1);
  assert.deepEqual(warned, [10, 2]);
  const ended = registry.get('ann', entry.id);
  assert.deepEqual([ended.state, ended.reason], ['ended', "The lab's time is up."]);
  assert.equal(changes.at(-1), ended);
  await assert.rejects(registry.sandbox(entry.id, never), { code: 'conflict', message: /has ended/ });
  await until(() => !world.engine.running.has(info.id), 'it is destroyed');
  world.pass(10);
  assert.throws(() => registry.get('ann', entry.id), { code: 'not-found' });
});

test('extend moves the end to a lifetime from that moment', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  world.pass(55);
  const extended = await registry.extend('ann', entry.id);
  assert.equal(extended.expiresAt.getTime(), Date.now() + 60 * MINUTE);
  assert.deepEqual(world.claims.all()[0]?.expiresAt, extended.expiresAt);
  world.pass(59);
  assert.equal(registry.get('ann', entry.id).state, 'ready');
  world.pass(1);
  assert.equal(registry.get('ann', entry.id).state, 'ended');
  await assert.rejects(registry.extend('ann', entry.id), { code: 'conflict' });
});

test('end destroys it and its id is gone; listeners hear the last state', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  const { info } = await registry.sandbox(entry.id, never);
  await registry.end('ann', entry.id);
  assert.ok(!world.engine.running.has(info.id));
  assert.equal(changes.at(-1)?.state, 'ended');
  assert.throws(() => registry.get('ann', entry.id), { code: 'not-found' });
  await assert.rejects(registry.end('ann', entry.id), { code: 'not-found' });
  await until(() => world.claims.all().length === 0, 'the claim is removed');
});

test('ending while it starts leaves nothing behind', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const before = world.engine.running.size;
  const begin = Promise.withResolvers<void>();
  world.engine.beforeCreate = () => begin.promise;
  const { entry } = await registry.start('ann', cold);
  const waiting = registry.sandbox(entry.id, never);
  await registry.end('ann', entry.id);
  await assert.rejects(waiting, { code: 'not-found' });
  begin.resolve();
  await settle();
  assert.equal(world.engine.running.size, before);
  assert.deepEqual(registry.all(), []);
});

test('ending while the scene is laid out destroys the sandbox', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  world.prepareScene = () => new Promise(() => undefined);
  const start = registry.start('ann', one);
  await until(() => world.scenes.length === 1, 'the scene is being laid out');
  const [claim] = world.claims.all();
  assert.equal(claim?.state, 'preparing');
  const [outcome] = await Promise.allSettled([start, registry.end('ann', registry.all()[0]?.id ?? '')]);
  assert.equal(outcome.status, 'rejected');
  await until(() => !world.engine.running.has(claim.engineId), 'it is destroyed');
  await until(() => world.claims.all().length === 0, 'the claim is removed');
});

test('ending at the very moment of getting ready destroys the sandbox', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const update = world.claims.update.bind(world.claims);
  t.mock.method(world.claims, 'update', (...change: Parameters<typeof update>) => {
    update(...change);
    if (change[1].state === 'ready')
      queueMicrotask(() => void registry.end('ann', registry.all()[0]?.id ?? ''));
  });
  await assert.rejects(registry.start('ann', one), { code: 'conflict' });
  assert.deepEqual(registry.all(), []);
  await until(() => world.claims.all().length === 0, 'it is destroyed and its claim removed');
});

test('a sandbox that has died is noticed by the next start', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  const dead = world.engine.running.get((await registry.sandbox(entry.id, never)).info.id);
  assert.ok(dead);
  dead.dead = true;
  const next = await registry.start('ann', one);
  assert.equal(next.created, true);
  assert.notEqual(next.entry.id, entry.id);
});

test('markEnded ends a ready one, once', async (t) => {
  const world = new World(t);
  const { registry, changes } = await world.warmServer();
  const { entry } = await registry.start('ann', one);
  registry.markEnded(entry.id, 'The shell has ended.', 1);
  registry.markEnded(entry.id, 'again');
  registry.markEnded('no-such-id', 'nothing');
  assert.equal(registry.get('ann', entry.id).reason, 'The shell has ended.');
  assert.equal(changes.filter(({ state }) => state === 'ended').length, 1);
  assert.equal((await registry.start('ann', one)).created, true);
});

test('waiting for a sandbox ends with the signal', async (t) => {
  const world = new World(t);
  const { registry } = await world.warmServer();
  world.engine.beforeCreate = () => new Promise(() => undefined);
  const { entry } = await registry.start('ann', cold);
  const leaving = new AbortController();
  const waiting = registry.sandbox(entry.id, leaving.signal);
  leaving.abort(new Error('left'));
  await assert.rejects(waiting, /left/);
});

test('a lab that is not installed is refused before anything is kept', async (t) => {
  const { registry } = await new World(t).warmServer();
  await assert.rejects(registry.start('ann', lesson('other', 'nolab')), { code: 'lab-unavailable' });
  assert.deepEqual(registry.all(), []);
});
