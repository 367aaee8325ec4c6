/** Engine contract, part 1: prepare, create, list, alive, destroy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import { Screen, exitOf } from './screen.ts';
import { STEADY, type Fixture } from './engine-fixture.ts';
import { hasCode, lacks, startSandbox } from './sandbox-support.ts';

export function testLifecycle(get: () => Fixture): void {
  test('ping resolves while the engine answers', () => get().engine.ping());

  test('prepare of the same content is quick, reports its end and gives the same image', async () => {
    const { engine, harness, spec } = get();
    const seen: number[] = [];
    const image = await engine.prepare(harness.lab, ({ progress }) => seen.push(progress), STEADY);
    assert.equal(image, spec.image);
    assert.equal(seen.at(-1), 1);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
      'progress never falls',
    );
  });

  test('prepare names what failed', async (t) => {
    const { engine, harness } = get();
    if (lacks(t, get(), 'builds')) return;
    assert.ok(harness.brokenLab);
    await assert.rejects(
      engine.prepare(harness.brokenLab, () => {}, STEADY),
      (error: Error) => {
        assert.match(error.message, /step 3 of .*a-word-of-its-own/s);
        return hasCode('lab-unavailable')(error);
      },
    );
  });

  test('prepare that is aborted rejects with the reason', async () => {
    const { engine, harness } = get();
    const reason = new Error('no longer wanted');
    await assert.rejects(
      engine.prepare(harness.lab, () => {}, AbortSignal.abort(reason)),
      reason,
    );
  });

  test('create resolves with a sandbox whose prompt is there to read', async (t) => {
    const sandbox = await startSandbox(t, get());
    const screen = new Screen(await sandbox.main());
    await screen.until(/[$#] $/);
    assert.equal(sandbox.info.lab, get().spec.lab);
    assert.equal(sandbox.info.image, get().spec.image);
    assert.ok(Math.abs(sandbox.info.createdAt.getTime() - Date.now()) < 60_000);
    assert.equal(await sandbox.alive(), true);
  });

  for (const delayMs of [0, 15, 40, 80]) {
    test(`create that is aborted after ${delayMs} ms leaves nothing behind`, async () => {
      const { harness, spec } = get();
      const instance = `aborted-${delayMs}-${Date.now()}`;
      const engine = harness.connect(instance);
      const reason = new Error('no longer wanted');
      const controller = new AbortController();
      const created = engine.create(spec, controller.signal);
      setTimeout(() => controller.abort(reason), delayMs);
      const outcome = await created.catch((error: unknown) => error);
      // A fast engine may be ready before the abort; then the sandbox is the caller's.
      if (outcome instanceof Error) assert.equal(outcome, reason);
      else await (outcome as Sandbox).destroy();
      assert.deepEqual(await engine.list(), []);
      await engine.close();
      assert.deepEqual(await harness.leftovers(instance), []);
    });
  }

  test('create with a signal that is aborted already rejects at once', async () => {
    const reason = new Error('never wanted');
    await assert.rejects(get().engine.create(get().spec, AbortSignal.abort(reason)), reason);
  });

  test('list knows its own sandboxes, not those of another installation', async (t) => {
    const { engine, harness } = get();
    const mine = await startSandbox(t, get());
    const other = harness.connect(`other-${Date.now()}`);
    const theirs = await other.create(get().spec, STEADY);
    t.after(() => theirs.destroy());
    const ids = new Set((await engine.list()).map((sandbox) => sandbox.info.id));
    assert.ok(ids.has(mine.info.id));
    assert.ok(!ids.has(theirs.info.id));
    assert.deepEqual(
      (await other.list()).map((sandbox) => sandbox.info.id),
      [theirs.info.id],
    );
    await other.close();
  });

  test('after a restart of the server the same sandbox and the same shell are found', async (t) => {
    if (lacks(t, get(), 'restart')) return;
    const { harness, spec } = get();
    const instance = `restart-${Date.now()}`;
    const first = harness.connect(instance);
    const created = await first.create(spec, STEADY);
    const before = new Screen(await created.main());
    before.type('kept=here; echo set-$kept\n');
    await before.until(/set-here/);
    await first.close();

    const second = harness.connect(instance);
    const [found, ...others] = await second.list();
    assert.ok(found);
    t.after(() => found.destroy());
    assert.deepEqual(others, []);
    assert.deepEqual({ ...found.info, createdAt: 0 }, { ...created.info, createdAt: 0 });
    assert.ok(Math.abs(found.info.createdAt.getTime() - created.info.createdAt.getTime()) < 5000);
    const screen = new Screen(await found.main());
    screen.type('echo still-$kept\n');
    await screen.until(/still-here/);
    await second.close();
  });

  test('destroy ends the terminals, may be repeated, and leaves nothing behind', async () => {
    const { harness, spec } = get();
    const instance = `destroy-${Date.now()}`;
    const engine = harness.connect(instance);
    const sandbox = await engine.create(spec, STEADY);
    const exit = exitOf(await sandbox.main());
    const further = exitOf(await sandbox.open({ cols: 80, rows: 24 }));
    await Promise.all([sandbox.destroy(), sandbox.destroy()]);
    await sandbox.destroy();
    assert.equal((await exit).lost, false);
    assert.equal((await further).lost, false);
    assert.deepEqual(await engine.list(), []);
    await engine.close();
    assert.deepEqual(await harness.leftovers(instance), []);
  });

  test('destroy works in a flood that nobody reads', async (t) => {
    const sandbox = await startSandbox(t, get());
    const main = await sandbox.main();
    const further = await sandbox.open({ cols: 80, rows: 24 });
    for (const pty of [main, further]) {
      const screen = new Screen(pty);
      screen.type('yes a-line-of-a-flood\n');
      await screen.untilBytes(100_000);
      pty.pause();
    }
    const began = performance.now();
    await sandbox.destroy();
    assert.ok(performance.now() - began < 5000, 'within 5 s');
  });

  test('a sandbox that was destroyed elsewhere is not found and not alive', async (t) => {
    if (lacks(t, get(), 'restart')) return;
    const { harness, instance } = get();
    const sandbox = await startSandbox(t, get());
    const second = harness.connect(instance);
    const same = (await second.list()).find((one) => one.info.id === sandbox.info.id);
    assert.ok(same);
    await same.destroy();
    await second.close();
    await expectGone(sandbox);
  });

  test('after destroy nothing is found', async (t) => {
    const sandbox = await startSandbox(t, get());
    await sandbox.destroy();
    await expectGone(sandbox);
  });
}

async function expectGone(sandbox: Sandbox): Promise<void> {
  assert.equal(await sandbox.alive(), false);
  await assert.rejects(sandbox.main(), hasCode('not-found'));
  await assert.rejects(sandbox.open({ cols: 80, rows: 24 }), hasCode('not-found'));
  await assert.rejects(sandbox.run(['true'], { timeoutMs: 1000, maxOutputBytes: 10 }), hasCode('not-found'));
  await sandbox.destroy();
}
