import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { imageOf, settle, stubLab, StubEngine, until } from '../../tests/fakes/stub-sandboxes.ts';
import { DrydockError } from '../errors.ts';
import { Labs, type StartProgress } from './labs.ts';
import { Pool } from './pool.ts';

const never = new AbortController().signal;
const ignore = (): void => undefined;
const log = pino({ level: 'silent' });

interface SetUp {
  readonly engine: StubEngine;
  readonly labs: Labs;
  readonly pool: Pool;
}

/** Labs by name and the number of their warm sandboxes. */
function setUp(t: TestContext, warm: Record<string, number>, createTimeoutMs = 60_000): SetUp {
  const engine = new StubEngine();
  const sources = Object.entries(warm).map(([name, count]) => stubLab(name, { warm: count }));
  const labs = new Labs({ engine, sources, log });
  const pool = new Pool({ engine, labs, log, createTimeoutMs });
  t.after(() => pool.close());
  t.after(() => labs.close());
  return { engine, labs, pool };
}

async function filled(set: SetUp, lab = 'a', count = 2): Promise<SetUp> {
  set.labs.prepareAll();
  set.pool.fill();
  await until(() => set.pool.counters().warm[lab] === count, `${count} of lab ${lab} are warm`);
  return set;
}

test('keeps the warm sandboxes of every lab, started one at a time', async (t) => {
  const set = setUp(t, { a: 2, b: 1, c: 0 });
  let starting = 0;
  set.engine.beforeCreate = async () => {
    assert.equal(++starting, 1);
    await settle();
    starting--;
  };
  await filled(set);
  await until(() => set.pool.counters().warm['b'] === 1, 'the other lab has its own');
  await settle();
  assert.deepEqual(set.pool.counters().warm, { a: 2, b: 1, c: 0 });
  assert.equal(set.engine.running.size, 3);
});

test('starts nothing before it may', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 2 });
  labs.prepareAll();
  await until(() => labs.readyImage('a') !== undefined, 'the lab is ready');
  await settle();
  assert.equal(engine.created, 0);
  pool.fill();
  await until(() => engine.created === 2, 'it fills');
});

test('a claim gets a warm sandbox without waiting, and the place is filled again', async (t) => {
  const { engine, pool } = await filled(setUp(t, { a: 2 }));
  const told: StartProgress[] = [];
  const { sandbox, warm } = await pool.claim('a', never, (progress) => told.push(progress));
  assert.equal(warm, true);
  assert.deepEqual(told, []);
  assert.equal(sandbox.info.lab, 'a');
  await until(() => pool.counters().warm['a'] === 2, 'it is full again');
  assert.equal(engine.running.size, 3);
  assert.deepEqual(pool.counters().claims, { warm: 1, cold: 0 });
});

test('no two claims get the same sandbox, and none is lost, under load', async (t) => {
  const { engine, pool } = await filled(setUp(t, { a: 5, b: 3 }), 'b', 3);
  engine.beforeCreate = async () => {
    for (let turn = 0; turn < Math.random() * 5; turn++) await setImmediate();
  };
  const claims = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      for (let turn = 0; turn < n % 7; turn++) await setImmediate();
      return (await pool.claim(n % 3 ? 'a' : 'b', never, ignore)).sandbox;
    }),
  );
  const ids = new Set(claims.map((sandbox) => sandbox.info.id));
  assert.equal(ids.size, 60);
  assert.equal(claims.filter((sandbox) => sandbox.info.lab === 'b').length, 20);
  await until(() => pool.counters().warm['a'] === 5 && pool.counters().warm['b'] === 3, 'it is full again');
  await settle();
  assert.equal(engine.running.size, 68);
  const { claims: counted } = pool.counters();
  assert.equal(counted.warm + counted.cold, 60);
});

test('one that ends is destroyed and replaced without a claim, though not at once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { engine, pool } = await filled(setUp(t, { a: 2 }));
  const [first, second] = [...engine.running.values()];
  assert.ok(first && second);
  await until(() => first.listeners === 1, 'it is listened to');
  first.end();
  assert.equal(pool.counters().warm['a'], 1);
  await until(() => first.destroyed === 1, 'the dead one is destroyed');
  await settle();
  assert.equal(engine.created, 2);
  t.mock.timers.tick(1000);
  await until(() => pool.counters().warm['a'] === 2, 'there is another');
  assert.equal((await pool.claim('a', never, ignore)).sandbox, second);
});

test('while the engine does not answer, warm ones are kept for later', async (t) => {
  const { engine, pool } = await filled(setUp(t, { a: 1 }), 'a', 1);
  const [only] = [...engine.running.values()];
  assert.ok(only);
  await until(() => only.listeners === 1, 'it is listened to');
  only.failure = new DrydockError('engine-unavailable', 'gone');
  only.lose();
  await assert.rejects(pool.claim('a', never, ignore), { code: 'engine-unavailable' });
  assert.equal(pool.counters().warm['a'], 1);
  only.failure = undefined;
  assert.equal((await pool.claim('a', never, ignore)).sandbox, only);
});

test('a claim that finds none waits for the lab and for a start, and says so', async (t) => {
  const { engine, pool } = setUp(t, { a: 0 });
  engine.beforePrepare = (_lab, report) => {
    report({ progress: 0.5, step: 'installing packages' });
    return Promise.resolve();
  };
  const told: StartProgress[] = [];
  const { warm } = await pool.claim('a', never, (progress) => told.push(progress));
  assert.equal(warm, false);
  assert.equal(told[0]?.step, 'starting the sandbox');
  assert.ok(told.some(({ progress }) => progress === 0.5));
  assert.deepEqual(told.at(-1), { step: 'starting the sandbox' });
  assert.deepEqual(pool.counters().claims, { warm: 0, cold: 1 });
});

test('the pool starts nothing for itself while a claim waits for a start', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 0, b: 2 });
  await labs.image('a', never, ignore);
  const start = Promise.withResolvers<void>();
  let asked = 0;
  engine.beforeCreate = () => {
    asked++;
    return start.promise;
  };
  const claim = pool.claim('a', never, ignore);
  pool.fill();
  await labs.image('b', never, ignore);
  await settle();
  assert.equal(asked, 1);
  start.resolve();
  await claim;
  await until(() => pool.counters().warm['b'] === 2, 'it fills after that');
});

test('few sandboxes are started at the same time, however many are asked for', async (t) => {
  const { engine, pool } = setUp(t, { a: 0 });
  let starting = 0;
  let most = 0;
  engine.beforeCreate = async () => {
    most = Math.max(most, ++starting);
    await settle();
    starting--;
  };
  await Promise.all(Array.from({ length: 20 }, () => pool.claim('a', never, ignore)));
  assert.equal(most, 4);
});

test('an aborted claim leaves nothing behind and its place in the queue to others', async (t) => {
  const { engine, pool, labs } = setUp(t, { a: 0 });
  await labs.image('a', never, ignore);
  const start = Promise.withResolvers<void>();
  engine.beforeCreate = () => start.promise;
  const leaving = new AbortController();
  const claims = Array.from({ length: 10 }, () => pool.claim('a', leaving.signal, ignore));
  await settle();
  leaving.abort(new Error('left'));
  for (const claim of claims) await assert.rejects(claim, /left/);
  assert.equal(engine.running.size, 0);
  start.resolve();
  await Promise.all(Array.from({ length: 10 }, () => pool.claim('a', never, ignore)));
});

test('a start that never ends is given up; a sandbox that comes late is destroyed', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 0 }, 20);
  await labs.image('a', never, ignore);
  const start = Promise.withResolvers<void>();
  // An engine that does not listen to its signal.
  engine.create = async (spec) => {
    await start.promise;
    return engine.add(spec.lab, spec.image);
  };
  await assert.rejects(pool.claim('a', never, ignore), {
    code: 'timeout',
    message: 'Starting the sandbox took too long.',
  });
  start.resolve();
  await settle();
  assert.equal(engine.created, 1);
  await until(() => engine.running.size === 0, 'the late one is destroyed');
});

test('an image that is gone is prepared again, once', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 0 });
  await labs.image('a', never, ignore);
  let refusals = 1;
  engine.beforeCreate = () =>
    refusals-- > 0 ? Promise.reject(new DrydockError('lab-unavailable', 'no such image')) : Promise.resolve();
  await pool.claim('a', never, ignore);
  assert.deepEqual(engine.prepared, ['a', 'a']);
  refusals = 100;
  await assert.rejects(pool.claim('a', never, ignore), { code: 'lab-unavailable' });
  assert.deepEqual(engine.prepared, ['a', 'a', 'a']);
});

test('failures of filling are tried again later, without disturbing other labs or claims', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const set = setUp(t, { a: 1, b: 1 });
  let attempts = 0;
  const create = set.engine.create.bind(set.engine);
  let broken = true;
  set.engine.create = (spec, signal) => {
    if (spec.lab !== 'a' || !broken) return create(spec, signal);
    attempts++;
    return Promise.reject(new Error('broken'));
  };
  await filled(set, 'b', 1);
  await settle();
  assert.equal(attempts, 1);
  t.mock.timers.tick(1000);
  await settle();
  assert.equal(attempts, 2);
  t.mock.timers.tick(1000);
  await settle();
  assert.equal(attempts, 2);
  broken = false;
  t.mock.timers.tick(1000);
  await until(() => set.pool.counters().warm['a'] === 1, 'it is filled');
});

test('adopts what has the current image and asks its shell for the prompt; destroys the rest', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 2 });
  const current = engine.add('a');
  const older = engine.add('a', 'stub/a:0');
  const foreign = engine.add('removed-lab');
  for (const sandbox of [current, older, foreign]) pool.adopt(sandbox);
  pool.fill();
  await settle();
  assert.equal(pool.counters().warm['a'], 0);
  assert.equal(older.destroyed, 0);
  labs.prepareAll();
  await until(() => pool.counters().warm['a'] === 2, 'it is full');
  await until(() => older.destroyed + foreign.destroyed === 2, 'the others are destroyed');
  assert.deepEqual(current.typed, [0x0c]);
  assert.equal(current.destroyed, 0);
  assert.equal(engine.running.size, 2);
  assert.equal((await pool.claim('a', never, ignore)).sandbox, current);
});

test('what waits to be adopted is destroyed when its lab cannot be had', async (t) => {
  const { engine, labs, pool } = setUp(t, { a: 1 });
  engine.beforePrepare = () => Promise.reject(new DrydockError('lab-unavailable', 'broken'));
  const sandbox = engine.add('a', imageOf('a'));
  pool.adopt(sandbox);
  labs.prepareAll();
  await until(() => sandbox.destroyed === 1, 'it is destroyed');
});

test('close ends the filling and leaves warm sandboxes running', async (t) => {
  const { engine, pool } = await filled(setUp(t, { a: 1 }), 'a', 1);
  engine.beforeCreate = () => new Promise(() => undefined);
  await pool.claim('a', never, ignore);
  await settle();
  await pool.close();
  await settle();
  assert.equal(engine.created, 1);
  assert.equal(engine.running.size, 1);
});

test('close waits until the engine has tidied up a start that it ends', async (t) => {
  const { engine, pool } = await filled(setUp(t, { a: 1 }), 'a', 1);
  const began = Promise.withResolvers<void>();
  let tidy = false;
  engine.create = async (_spec, signal) => {
    began.resolve();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await settle();
    tidy = true;
    throw signal.reason;
  };
  await pool.claim('a', never, ignore);
  await began.promise;
  await pool.close();
  assert.equal(tidy, true);
});
