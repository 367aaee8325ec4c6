import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { settle, StubEngine, until, type StubSandbox } from '../../tests/fakes/stub-sandboxes.ts';
import { DrydockError } from '../errors.ts';
import type { Sandbox } from './engine.ts';
import { Shelf } from './shelf.ts';

const never = new AbortController().signal;
const log = pino({ level: 'silent' });
const AWAY = new DrydockError('engine-unavailable', 'away');

interface SetUp {
  readonly shelf: Shelf;
  /** Those that the shelf told as gone, in order. */
  readonly gone: Sandbox[];
  /** A sandbox of the lab `a` that is listened to. */
  readonly listened: () => Promise<StubSandbox>;
  /** A sandbox on no shelf. */
  readonly fresh: () => StubSandbox;
}

function setUp(t: TestContext): SetUp {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const engine = new StubEngine();
  const gone: Sandbox[] = [];
  const shelf = new Shelf({ log, gone: (sandbox) => gone.push(sandbox) });
  t.after(() => shelf.close());
  const fresh = (): StubSandbox => engine.add('a');
  const listened = async (): Promise<StubSandbox> => {
    const sandbox = fresh();
    shelf.put(sandbox);
    await until(() => sandbox.listeners === 1, 'it is listened to');
    return sandbox;
  };
  return { shelf, gone, listened, fresh };
}

/** The engine goes away, and with it the terminals. */
function outage(...sandboxes: StubSandbox[]): void {
  for (const sandbox of sandboxes) sandbox.failure = AWAY;
  for (const sandbox of sandboxes) sandbox.lose();
}

test('one that is listened to is given without a question to the engine, and listened to no more', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const sandbox = await listened();
  assert.ok(sandbox.standing, 'it stands by for the files of a lesson');
  sandbox.failure = AWAY;
  assert.equal(await shelf.take('a', never), sandbox);
  assert.equal(sandbox.opened, 1);
  assert.deepEqual(sandbox.typed, []);
  assert.equal(sandbox.listeners, 0);
  sandbox.end();
  await settle();
  assert.deepEqual(gone, []);
  assert.equal(await shelf.take('a', never), undefined);
});

test('one that ends is off the shelf at once, and told as gone once', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const [first, second] = [await listened(), await listened()];
  first.end();
  assert.equal(shelf.count('a'), 1);
  assert.deepEqual(gone, [first]);
  assert.equal(await shelf.take('a', never), second);
  assert.equal(await shelf.take('a', never), undefined);
  assert.deepEqual(gone, [first]);
});

test('when the engine goes away all stay; they are listened to again when it is back, with a prompt', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const sandboxes = [await listened(), await listened()];
  outage(...sandboxes);
  await settle();
  assert.equal(shelf.count('a'), 2);
  assert.deepEqual(gone, []);
  for (const sandbox of sandboxes) sandbox.failure = undefined;
  t.mock.timers.tick(1000);
  await until(() => sandboxes.every((sandbox) => sandbox.listeners === 1), 'both are listened to');
  for (const sandbox of sandboxes) assert.deepEqual(sandbox.typed, [0x0c]);
  sandboxes[0]?.end();
  assert.deepEqual(gone, [sandboxes[0]]);
});

test('one that died with the engine is found without a claim', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const sandbox = await listened();
  outage(sandbox);
  await settle();
  sandbox.failure = undefined;
  sandbox.dead = true;
  t.mock.timers.tick(1000);
  await until(() => gone.length === 1, 'it is told');
  assert.equal(shelf.count('a'), 0);
});

test('a suspect is given only once its terminal answers, and others first', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const suspect = await listened();
  outage(suspect);
  await settle();
  await assert.rejects(shelf.take('a', never), AWAY);
  assert.equal(shelf.count('a'), 1);
  const other = await listened();
  assert.equal(await shelf.take('a', never), other);
  suspect.failure = undefined;
  assert.equal(await shelf.take('a', never), suspect);
  assert.deepEqual(suspect.typed, [0x0c]);
  assert.equal(suspect.listeners, 0);
  t.mock.timers.tick(60_000);
  await settle();
  assert.equal(suspect.listeners, 0);
  assert.deepEqual(gone, []);
});

test('a suspect that is found dead by a claim is passed over', async (t) => {
  const { shelf, fresh, listened, gone } = setUp(t);
  const [first, second] = [await listened(), fresh()];
  outage(first);
  await settle();
  first.dead = true;
  first.failure = undefined;
  shelf.put(second);
  assert.equal(await shelf.take('a', never), second);
  assert.equal(await shelf.take('a', never), undefined);
  assert.deepEqual(gone, [first]);
});

test('a suspect whose terminal never answers is told as gone by a claim', async (t) => {
  const { shelf, fresh, gone } = setUp(t);
  const sandbox = fresh();
  sandbox.main = () => new Promise(() => undefined);
  shelf.put(sandbox);
  const taken = shelf.take('a', never);
  await settle();
  t.mock.timers.tick(3000);
  assert.equal(await taken, undefined);
  assert.deepEqual(gone, [sandbox]);
});

test('a suspect goes back when the claim is aborted', async (t) => {
  const { shelf, fresh } = setUp(t);
  const sandbox = fresh();
  shelf.put(sandbox);
  const leaving = new AbortController();
  const taken = shelf.take('a', leaving.signal);
  assert.equal(shelf.count('a'), 0);
  leaving.abort(new Error('left'));
  await assert.rejects(taken, /left/);
  await settle();
  assert.equal(await shelf.take('a', never), sandbox);
});

test('two claims never get the same one', async (t) => {
  const { shelf, fresh } = setUp(t);
  const sandboxes = [fresh(), fresh()];
  for (const sandbox of sandboxes) shelf.put(sandbox);
  const taken = await Promise.all([1, 2, 3].map(() => shelf.take('a', never)));
  assert.deepEqual(new Set(taken), new Set([...sandboxes, undefined]));
});

test('close ends all listening, also that which is tried again', async (t) => {
  const { shelf, listened, gone } = setUp(t);
  const [steady, suspect] = [await listened(), await listened()];
  outage(suspect);
  await settle();
  const { opened } = suspect;
  shelf.close();
  steady.end();
  t.mock.timers.tick(60_000);
  await settle();
  assert.equal(steady.listeners, 0);
  assert.equal(suspect.opened, opened);
  assert.deepEqual(gone, []);
});
