/** The faulty engines misbehave as their names say, and only so. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { labSchema } from '../../protocol/lab.ts';
import type { SandboxSpec } from '../../server/sandbox/engine.ts';
import { hasCode } from '../contract/sandbox-support.ts';
import { Screen, exitOf } from '../contract/screen.ts';
import { createFakeEngine, fakeLeftovers, removeFakeInstance } from './fake-engine.ts';
import { diesMidway, fails, gone, never, slow } from './faulty-engine.ts';

const instance = `faulty-${process.pid}`;
const engine = createFakeEngine(instance);
const spec: SandboxSpec = { lab: 'lab', image: 'fake/lab', settings: labSchema.parse({ title: 'A lab' }) };
const steady = new AbortController().signal;

after(() => removeFakeInstance(instance));

test('slow takes its time and can be aborted meanwhile', async () => {
  const began = performance.now();
  await (await slow(engine, 200).create(spec, steady)).destroy();
  assert.ok(performance.now() - began >= 190);
  const reason = new Error('too slow');
  const controller = new AbortController();
  const created = slow(engine, 60_000).create(spec, controller.signal);
  controller.abort(reason);
  await assert.rejects(created, reason);
});

test('never creates nothing until it is aborted', async () => {
  const reason = new Error('enough');
  const controller = new AbortController();
  const created = never(engine).create(spec, controller.signal);
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(created, reason);
  assert.deepEqual(await fakeLeftovers(instance), []);
});

test('fails rejects, with the given error if there is one', async () => {
  await assert.rejects(fails(engine).create(spec, steady), hasCode('internal'));
  const own = new Error('own');
  await assert.rejects(fails(engine, own).create(spec, steady), own);
});

test('diesMidway ends its sandboxes', async () => {
  const faulty = diesMidway(engine);
  const sandbox = await faulty.create(spec, steady);
  const exit = exitOf(await sandbox.main());
  await faulty.die();
  assert.equal((await exit).lost, false);
  assert.equal(await sandbox.alive(), false);
  assert.deepEqual(await faulty.list(), []);
});

test('gone loses its terminals and answers nothing, then finds the same shell again', async () => {
  const faulty = gone(engine);
  const sandbox = await faulty.create(spec, steady);
  const main = await sandbox.main();
  assert.equal(await sandbox.main(), main);
  const screen = new Screen(main);
  screen.type('kept=here; echo set-$kept\n');
  await screen.until(/set-here/);
  const exit = exitOf(main);
  faulty.goAway();
  assert.deepEqual(await exit, { code: null, lost: true });
  await assert.rejects(faulty.ping(), hasCode('engine-unavailable'));
  await assert.rejects(sandbox.main(), hasCode('engine-unavailable'));
  faulty.comeBack();
  await faulty.ping();
  const again = new Screen(await sandbox.main());
  again.type('echo still-$kept\n');
  await again.until(/still-here/);
  assert.deepEqual(await faulty.list(), [sandbox]);
  await sandbox.destroy();
});
