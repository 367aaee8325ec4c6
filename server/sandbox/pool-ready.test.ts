/** The pool with labs whose sandboxes take a while until they may be handed out. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { settle, stubLab, StubEngine, until } from '../../tests/fakes/stub-sandboxes.ts';
import { DrydockError } from '../errors.ts';
import { Labs, type StartProgress } from './labs.ts';
import { Pool } from './pool.ts';

const never = new AbortController().signal;
const log = pino({ level: 'silent' });

function setUp(t: TestContext, warm: number): { engine: StubEngine; labs: Labs; pool: Pool } {
  const engine = new StubEngine();
  const sources = [stubLab('a', { warm, ready: ['probe'], readySeconds: 1 })];
  const labs = new Labs({ engine, sources, log });
  const pool = new Pool({ engine, labs, log });
  t.after(() => pool.close());
  t.after(() => labs.close());
  return { engine, labs, pool };
}

test('a claim that waits for a start is told what the start waits for', async (t) => {
  const { pool } = setUp(t, 0);
  const told: StartProgress[] = [];
  await pool.claim('a', never, (progress) => told.push(progress));
  assert.equal(told[0]?.step, 'starting the sandbox');
  assert.deepEqual(told.at(-1), { step: 'waiting for Lab a to be ready' });
});

test('one from before a restart counts as warm once its probe succeeds, and nothing is started beside it', async (t) => {
  const { engine, labs, pool } = setUp(t, 1);
  const adopted = engine.add('a');
  adopted.code = 1;
  pool.adopt(adopted);
  pool.fill();
  labs.prepareAll();
  await until(() => labs.readyImage('a') !== undefined, 'the lab is ready');
  await settle();
  assert.equal(pool.counters().warm['a'], 0);
  assert.equal(engine.running.size, 1);
  adopted.code = 0;
  await until(() => pool.counters().warm['a'] === 1, 'it is warm');
  assert.equal((await pool.claim('a', never, () => undefined)).sandbox, adopted);
});

test('one from before a restart that never gets ready is destroyed and replaced', async (t) => {
  const { engine, labs, pool } = setUp(t, 1);
  const adopted = engine.add('a');
  adopted.code = 1;
  pool.adopt(adopted);
  pool.fill();
  labs.prepareAll();
  await until(() => adopted.destroyed === 1, 'it is destroyed');
  await until(() => pool.counters().warm['a'] === 1, 'there is another');
});

test('close does not wait for the probe and leaves the sandbox running', async (t) => {
  const { engine, labs, pool } = setUp(t, 1);
  const adopted = engine.add('a');
  adopted.code = 1;
  pool.adopt(adopted);
  labs.prepareAll();
  await until(() => labs.readyImage('a') !== undefined, 'the lab is ready');
  await pool.close();
  await settle();
  assert.equal(adopted.destroyed, 0);
});

test('a lab whose sandboxes never get ready is told as failed, with the reason, until one does', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { engine, labs, pool } = setUp(t, 1);
  const words = 'Lab a was not ready within 1 s. "probe" says: no daemon';
  engine.beforeCreate = () => Promise.reject(new DrydockError('timeout', words));
  labs.prepareAll();
  pool.fill();
  await until(() => labs.state('a').state === 'failed', 'the lab is told as failed');
  assert.deepEqual(labs.state('a'), { state: 'failed', reason: words });
  await assert.rejects(
    pool.claim('a', never, () => undefined),
    { code: 'timeout', message: words },
  );

  engine.beforeCreate = () => Promise.resolve();
  t.mock.timers.tick(60_000);
  await until(() => pool.counters().warm['a'] === 1, 'it is tried again');
  assert.deepEqual(labs.state('a'), { state: 'ready' });
});

test('an engine that went away is no fault of the lab', async (t) => {
  const { engine, labs, pool } = setUp(t, 1);
  let tried = 0;
  engine.beforeCreate = () => {
    tried += 1;
    return Promise.reject(new DrydockError('engine-unavailable', 'gone'));
  };
  labs.prepareAll();
  pool.fill();
  await until(() => tried > 0, 'it was tried');
  await settle();
  assert.deepEqual(labs.state('a'), { state: 'ready' });
});
