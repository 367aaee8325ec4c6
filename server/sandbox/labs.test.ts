import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { imageOf, settle, stubLab, StubEngine, until } from '../../tests/fakes/stub-sandboxes.ts';
import { DrydockError } from '../errors.ts';
import { Labs, type StartProgress } from './labs.ts';

const never = new AbortController().signal;
const ignore = (): void => undefined;

function setUp(
  t: TestContext,
  names: readonly string[],
  clock?: () => number,
): { engine: StubEngine; labs: Labs } {
  const engine = new StubEngine();
  const labs = new Labs({
    engine,
    sources: names.map((name) => stubLab(name)),
    log: pino({ level: 'silent' }),
    ...(clock && { clock }),
  });
  t.after(() => labs.close());
  return { engine, labs };
}

test('prepares all labs, one after the other', async (t) => {
  const { engine, labs } = setUp(t, ['a', 'b', 'c']);
  let running = 0;
  engine.beforePrepare = async () => {
    assert.equal(++running, 1);
    await settle();
    running--;
  };
  assert.deepEqual(labs.states(), {
    a: { state: 'waiting' },
    b: { state: 'waiting' },
    c: { state: 'waiting' },
  });
  labs.prepareAll();
  await until(() => labs.readyImage('c') !== undefined, 'the last is ready');
  assert.deepEqual(engine.prepared, ['a', 'b', 'c']);
  assert.deepEqual(labs.state('b'), { state: 'ready' });
  assert.equal(labs.readyImage('a'), imageOf('a'));
});

test('one that somebody waits for comes next', async (t) => {
  const { engine, labs } = setUp(t, ['a', 'b', 'c']);
  const first = Promise.withResolvers<void>();
  engine.beforePrepare = (lab) => (lab.name === 'a' ? first.promise : Promise.resolve());
  labs.prepareAll();
  await until(() => engine.prepared.length === 1, 'the first is being prepared');
  const told: StartProgress[] = [];
  const image = labs.image('c', never, (progress) => told.push(progress));
  first.resolve();
  assert.equal(await image, imageOf('c'));
  await until(() => engine.prepared.length === 3, 'all were prepared');
  assert.deepEqual(engine.prepared, ['a', 'c', 'b']);
  assert.equal(told[0]?.step, 'waiting for another lab to be built');
});

test('tells the progress of the build to those who wait and to listeners', async (t) => {
  const { engine, labs } = setUp(t, ['a']);
  engine.beforePrepare = (_lab, report) => {
    report({ progress: 0.4, step: 'installing packages' });
    return Promise.resolve();
  };
  const states: string[] = [];
  const off = labs.onChange((name) => states.push(labs.state(name).state));
  const told: StartProgress[] = [];
  await labs.image('a', never, (progress) => told.push(progress));
  assert.deepEqual(told.at(-1), { progress: 0.4, step: 'building the lab: installing packages' });
  assert.deepEqual(states, ['building', 'building', 'ready']);
  off();
  labs.retry('a');
  await until(() => labs.state('a').state === 'ready', 'it is ready again');
  assert.equal(states.length, 3);
});

test('a lab that cannot be had says why and is tried again at most once a minute', async (t) => {
  let now = 1_000_000;
  const { engine, labs } = setUp(t, ['a', 'b'], () => now);
  engine.beforePrepare = (lab) =>
    lab.name === 'a'
      ? Promise.reject(new DrydockError('lab-unavailable', 'No space left.'))
      : Promise.resolve();
  const refused = (error: unknown): boolean =>
    error instanceof DrydockError &&
    error.code === 'lab-unavailable' &&
    error.message === 'The lab "Lab a" cannot be started: No space left.';
  await assert.rejects(labs.image('a', never, ignore), refused);
  assert.deepEqual(labs.state('a'), { state: 'unavailable', reason: 'No space left.' });
  now += 59_000;
  await assert.rejects(labs.image('a', never, ignore), refused);
  await until(() => labs.state('b').state === 'ready', 'the other lab is ready all the same');
  assert.deepEqual(
    engine.prepared.filter((name) => name === 'a'),
    ['a'],
  );
  now += 1000;
  engine.beforePrepare = () => Promise.resolve();
  assert.equal(await labs.image('a', never, ignore), imageOf('a'));
});

test('a failure of our own keeps its words for the log', async (t) => {
  const { engine, labs } = setUp(t, ['a']);
  engine.beforePrepare = () => Promise.reject(new Error('secret path'));
  await assert.rejects(labs.image('a', never, ignore), { code: 'lab-unavailable' });
  assert.equal(labs.state('a').state, 'failed');
  assert.doesNotMatch(labs.state('a').reason ?? '', /secret/);
});

test('an engine that does not answer is waited for', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { engine, labs } = setUp(t, ['a', 'b']);
  engine.gone = true;
  const told: StartProgress[] = [];
  const image = labs.image('b', never, (progress) => told.push(progress));
  await until(() => labs.state('b').reason !== undefined, 'the reason is known');
  assert.deepEqual(labs.state('b'), { state: 'waiting', reason: 'The stub engine does not answer.' });
  assert.deepEqual(told.at(-1), { step: 'waiting for the engine' });
  t.mock.timers.tick(1000);
  await settle();
  assert.equal(labs.state('b').state, 'waiting');
  engine.gone = false;
  t.mock.timers.tick(10_000);
  assert.equal(await image, imageOf('b'));
  await until(() => labs.state('a').state === 'ready', 'the others follow');
});

test('waiting ends with the signal, the preparing goes on', async (t) => {
  const { engine, labs } = setUp(t, ['a']);
  const build = Promise.withResolvers<void>();
  engine.beforePrepare = () => build.promise;
  const leaving = new AbortController();
  const image = labs.image('a', leaving.signal, ignore);
  leaving.abort(new Error('left'));
  await assert.rejects(image, /left/);
  build.resolve();
  await until(() => labs.state('a').state === 'ready', 'it is ready');
});

test('close ends the preparing and the waits', async (t) => {
  const { engine, labs } = setUp(t, ['a', 'b']);
  engine.beforePrepare = () => new Promise(() => undefined);
  const image = labs.image('a', never, ignore);
  await until(() => engine.prepared.length === 1, 'it is being prepared');
  const [waited] = await Promise.allSettled([image, labs.close()]);
  assert.equal(waited.status, 'rejected');
  assert.deepEqual(engine.prepared, ['a']);
});

test('a lab that is not installed is named, with those that are', async (t) => {
  const { labs } = setUp(t, ['a', 'b']);
  const expected = {
    code: 'lab-unavailable',
    message: 'The lab "x" is not installed here; installed: a, b.',
  };
  assert.throws(() => labs.settings('x'), expected);
  await assert.rejects(labs.image('x', never, ignore), expected);
});
