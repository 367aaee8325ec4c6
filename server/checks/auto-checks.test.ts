import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChecksWorld, ID } from '../../tests/fakes/checks-world.ts';
import { DrydockError } from '../errors.ts';

const CHAIN = { make: [], use: ['make'], share: ['use'] } as const;
const PASSED = { status: 'passed', message: 'Passed' } as const;

test('the untouched scene is learnt silently, 1.5 s after the first attach', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.auto.attached(ID);
  world.auto.attached(ID);
  await world.pass(1400);
  assert.deepEqual(world.checked(), []);
  await world.pass(200);
  assert.deepEqual(world.checked(), ['make']);
  world.auto.attached(ID);
  await world.pass(5000);
  assert.deepEqual([world.checked(), world.told(), world.attempts], [[], [], []]);
});

test('a command that changes nothing tells nothing; one that does is told once', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.auto.attached(ID);
  await world.pass(2000);
  await world.command();
  assert.deepEqual([world.checked(), world.told()], [['make', 'make'], []]);
  world.says.set('make', { message: 'It is in the wrong place.' });
  await world.command();
  await world.command();
  assert.deepEqual([world.checked(), world.told()], [['make', 'make'], ['make failed']]);
  assert.equal(world.memories.of(world.sandbox()).told('make')?.message, 'It is in the wrong place.');
});

test('who types before the first look is told what is missing', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.auto.attached(ID);
  await world.command();
  assert.deepEqual(world.told(), ['make failed']);
  assert.deepEqual(world.checked(), ['make'], 'the start has joined it');
});

test('what passes is recorded and told, and what it opens is looked at at once, silently', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.says.set('make', PASSED);
  await world.command();
  assert.deepEqual(world.checked(), ['make', 'use']);
  assert.deepEqual(world.told(), ['make passed']);
  assert.deepEqual([...world.passed], ['make']);
  assert.deepEqual(world.attempts, ['make passed']);
  world.says.set('use', PASSED);
  world.says.set('share', PASSED);
  await world.command();
  assert.deepEqual(world.told(), ['use passed', 'share passed']);
  world.checked();
  await world.command();
  assert.deepEqual(world.checked(), [], 'nothing is open');
});

test('a task whose needs are not passed is not looked at', async (t) => {
  const world = new ChecksWorld(t, { tasks: { both: ['left', 'right'], left: [], right: [] } });
  world.says.set('left', PASSED);
  await world.command();
  assert.deepEqual(world.checked(), ['left', 'right']);
});

test('undone tasks are found when one that needs them fails, and told as broken until they are mended', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.says.set('make', PASSED);
  world.says.set('use', PASSED);
  await world.command();
  world.told();
  world.says.set('make', { message: 'It is gone.' });
  world.says.set('use', { message: 'Nothing to use.' });
  world.checked();
  await world.command();
  assert.deepEqual(world.checked(), ['share', 'use', 'make']);
  assert.deepEqual(world.told(), ['use broken', 'make broken']);
  await world.command();
  assert.deepEqual(world.told(), [], 'no news');
  world.says.set('make', PASSED);
  world.says.set('use', PASSED);
  await world.command();
  assert.deepEqual(world.told(), ['make passed', 'use passed']);
});

test('what was passed in another sandbox is not called undone', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.passed.add('make');
  await world.command();
  assert.deepEqual(world.checked(), ['use']);
});

test('causes during a round are joined into one that follows', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  const gate = Promise.withResolvers<void>();
  world.gate = gate.promise;
  world.auto.poke(ID, 'command');
  await world.pass(300);
  for (let n = 0; n < 5; n++) {
    world.auto.poke(ID, 'command');
    await world.pass(300);
  }
  assert.deepEqual(world.checked(), ['make']);
  gate.resolve();
  await world.pass(10_000);
  assert.deepEqual(world.checked(), ['make']);
});

test('a task that waits is looked at alone, at a growing interval, until it has come', async (t) => {
  const world = new ChecksWorld(t, { tasks: { web: [], other: [] } });
  world.says.set('web', { message: 'It starts.', waiting: true });
  await world.command();
  assert.deepEqual(world.told(), ['web failed', 'other failed']);
  world.checked();
  await world.pass(60_000);
  // After 3, 7, 15, 30 and 60 s; the look after the first second was in the command's time.
  assert.deepEqual(world.checked(), ['web', 'web', 'web', 'web', 'web']);
  world.says.set('web', PASSED);
  await world.pass(31_000);
  assert.deepEqual(world.told(), ['web passed']);
  world.checked();
  await world.pass(120_000);
  assert.deepEqual(world.checked(), []);
});

test('nobody waits for more than ten minutes', async (t) => {
  const world = new ChecksWorld(t, { tasks: { web: [] } });
  world.says.set('web', { waiting: true });
  await world.command();
  await world.pass(10 * 60_000);
  assert.ok(world.checked().length > 15);
  await world.pass(5 * 60_000);
  assert.deepEqual(world.checked(), []);
});

test('a check by hand that says "waiting" is followed up, one that passes opens others silently', async (t) => {
  const world = new ChecksWorld(t, { tasks: CHAIN });
  world.says.set('make', { waiting: true });
  const never = new AbortController().signal;
  const byHand = async () => {
    world.auto.checked(world.sandbox(), 'make', await world.checker.check(world.sandbox(), 'make', never));
  };
  await byHand();
  assert.deepEqual(world.told(), ['make failed']);
  world.says.set('make', PASSED);
  await world.pass(1500);
  assert.deepEqual(world.told(), ['make passed']);
  assert.deepEqual(world.checked(), ['make', 'make', 'use']);
  await byHand();
  assert.deepEqual(world.told(), ['make passed'], 'who asks is told, news or not');
  await world.pass(2000);
  assert.deepEqual(world.told(), []);
});

test('while nobody watches nothing runs, and who comes back is told what was done', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] }, values: { container: 'script' } });
  world.auto.attached(ID);
  await world.pass(2000);
  world.says.set('make', { waiting: true, message: 'It starts.' });
  await world.command();
  world.checked();
  world.told();
  world.watched = false;
  world.asked = 0;
  await world.pass(60_000);
  world.says.set('make', PASSED);
  await world.command();
  assert.deepEqual([world.checked(), world.asked], [[], 0]);
  world.watched = true;
  world.auto.attached(ID);
  await world.pass(2000);
  assert.deepEqual(world.told(), ['make passed']);
});

test('a round ends with the last who watch, and is made up for', async (t) => {
  const world = new ChecksWorld(t, { tasks: { left: [], right: [] } });
  const gate = Promise.withResolvers<void>();
  world.gate = gate.promise;
  world.auto.poke(ID, 'command');
  await world.pass(300);
  world.watched = false;
  gate.resolve();
  await world.pass(300);
  assert.deepEqual(world.checked(), ['left']);
  world.watched = true;
  world.auto.attached(ID);
  await world.pass(2000);
  assert.deepEqual(world.checked(), ['left', 'right']);
});

test('a reset ends what runs for the old sandbox; what it found counts for nothing', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] } });
  const gate = Promise.withResolvers<void>();
  world.gate = gate.promise;
  world.says.set('make', PASSED);
  world.auto.poke(ID, 'command');
  await world.pass(300);
  world.change({ generation: 2 });
  gate.resolve();
  await world.pass(3000);
  assert.deepEqual([world.told(), [...world.passed], world.attempts], [[], [], []]);
  world.says.delete('make');
  world.auto.attached(ID);
  await world.pass(2000);
  assert.deepEqual([world.told(), world.checked()], [[], ['make', 'make']]);
});

test('the end of a sandbox ends its looks, also one that is under way', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] } });
  world.gate = new Promise(() => {});
  world.auto.poke(ID, 'command');
  await world.pass(300);
  world.auto.poke(ID, 'command');
  world.sandboxes.delete(ID);
  world.auto.forget(ID);
  await world.pass(60_000);
  assert.deepEqual(world.checked(), ['make']);
  assert.deepEqual([world.faults, world.memories.size], [[], 0]);
});

test('nothing begins after close, which waits for nothing that it can end', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] } });
  world.gate = new Promise(() => {});
  world.auto.poke(ID, 'command');
  await world.pass(300);
  await world.auto.close();
  world.auto.poke(ID, 'command');
  world.auto.attached(ID);
  await world.pass(10_000);
  assert.deepEqual(world.checked(), ['make']);
});

test('a faulty check is told once and logged once; it does not keep the others', async (t) => {
  const world = new ChecksWorld(t, { tasks: { bad: [], good: [] } });
  world.says.set('bad', { status: 'error', message: 'This check is faulty; it is not your fault.' });
  world.says.set('good', PASSED);
  await world.command();
  assert.deepEqual(world.told(), ['bad error', 'good passed']);
  await world.pass(31_000);
  await world.command();
  assert.deepEqual(world.checked(), ['bad', 'good', 'bad']);
  assert.deepEqual(world.told(), []);
  assert.equal(world.faults.length, 1);
  assert.partialDeepStrictEqual(world.faults[0], { lesson: 'course/lesson', task: 'bad', code: 3 });
});

test('an engine that does not answer is no verdict; the next command looks again', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] } });
  world.says.set('make', new DrydockError('engine-unavailable', 'gone'));
  await world.command();
  assert.deepEqual([world.told(), world.faults], [[], []]);
  world.says.set('make', PASSED);
  await world.command();
  assert.deepEqual(world.told(), ['make passed']);
});

test('over all sandboxes only so many checks run at a time, and each gets its turn', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] }, places: 3 });
  const gate = Promise.withResolvers<void>();
  world.gate = gate.promise;
  for (let n = 0; n < 30; n++) {
    const id = `sandbox-${n}`;
    world.sandboxes.set(id, { ...world.sandbox(), id });
    for (let enter = 0; enter < 5; enter++) world.auto.poke(id, 'command');
  }
  await world.pass(1000);
  assert.equal(world.runs.length, 3);
  gate.resolve();
  await world.pass(1000);
  assert.equal(world.runs.length, 30);
  assert.equal(world.most, 3);
});

test('values of scripts are asked for before each look, given to checks, and told when they change', async (t) => {
  const world = new ChecksWorld(t, { tasks: { make: [] }, values: { name: 'word', container: 'script' } });
  const { name = '' } = world.checker.valuesOf(world.sandbox());
  await world.command();
  assert.deepEqual(world.runs[0]?.values, { name });
  world.told();
  world.prints.set('container', 'abc123\nmore\n');
  await world.command();
  assert.deepEqual(world.runs[1]?.values, { name, container: 'abc123' });
  assert.deepEqual(world.events, [{ event: 'values', data: { name, container: 'abc123' } }]);
  await world.command();
  assert.equal(world.events.length, 1, 'no news');
  world.prints.delete('container');
  await world.command();
  assert.deepEqual(world.checker.valuesOf(world.sandbox()), { name });
  assert.equal(world.events.length, 2);
});
