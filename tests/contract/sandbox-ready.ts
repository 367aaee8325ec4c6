/** Engine contract, part 4: the lab's start command and its probe. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { labSchema } from '../../protocol/lab.ts';
import { DrydockError } from '../../server/errors.ts';
import type { Sandbox, SandboxSpec } from '../../server/sandbox/engine.ts';
import { STEADY, type Fixture } from './engine-fixture.ts';
import { Screen } from './screen.ts';

/** Counts on in a file, so that the file tells whether it still runs. */
const BEAT = ['sh', '-c', 'n=0; while :; do n=$((n+1)); echo $n >~/.beat; sleep 0.05; done'];
const LIMITS = { timeoutMs: 20_000, maxOutputBytes: 10_000 };

export function testReadiness(get: () => Fixture): void {
  function specOf(more: Record<string, unknown>): SandboxSpec {
    const { spec } = get();
    return { ...spec, settings: labSchema.parse({ ...spec.settings, ...more }) };
  }
  async function start(t: TestContext, more: Record<string, unknown>): Promise<Sandbox> {
    const sandbox = await get().engine.create(specOf(more), STEADY);
    t.after(() => sandbox.destroy());
    return sandbox;
  }

  test('the start command outlives shells and the signals of their terminal', async (t) => {
    const sandbox = await start(t, { start: BEAT });
    const screen = new Screen(await sandbox.main());
    await screen.until(/[$#] $/);
    screen.type('\x03\x1c\nkill -HUP -$$\nexit\n');
    await screen.until(/The shell ended/);
    await beats(sandbox);
  });

  test('the start command has no terminal, an empty stdin, and obeys signals as a program does', async (t) => {
    const report =
      'tty >~/.seen 2>&1; wc -c >>~/.seen; grep SigIgn /proc/self/status >>~/.seen; touch ~/.done';
    const sandbox = await start(t, { start: ['sh', '-c', report], ready: ['test', '-e', '.done'] });
    const { stdout } = await sandbox.run(['cat', '.seen'], LIMITS);
    const [tty, bytes, ignored] = stdout.split('\n');
    assert.deepEqual([tty, bytes], ['not a tty', '0']);
    const interruptAndQuit = 0b110n;
    assert.equal(BigInt(`0x${ignored?.split(/\s+/)[1]}`) & interruptAndQuit, 0n, stdout);
  });

  test('create resolves when the probe succeeds, and tells what it waits for', async (t) => {
    const steps: string[] = [];
    const spec = specOf({ start: ['sh', '-c', 'sleep 0.7; touch ~/.up'], ready: ['test', '-e', '.up'] });
    const sandbox = await get().engine.create(spec, STEADY, (step) => steps.push(step));
    t.after(() => sandbox.destroy());
    assert.equal((await sandbox.run(['test', '-e', '.up'], LIMITS)).code, 0);
    assert.deepEqual(steps, [`waiting for ${spec.settings.title} to be ready`]);
    const screen = new Screen(await sandbox.main());
    await screen.until(/[$#] $/);
  });

  test('a probe that never succeeds is a timeout with its last words, and leaves nothing behind', async () => {
    const { harness } = get();
    const instance = `unready-${Date.now()}`;
    const engine = harness.connect(instance);
    const ready = ['sh', '-c', 'echo no-daemon-here >&2; exit 3'];
    const spec = specOf({ start: BEAT, ready, readySeconds: 1 });
    await assert.rejects(engine.create(spec, STEADY), (error: unknown) => {
      assert.ok(error instanceof DrydockError);
      assert.equal(error.code, 'timeout');
      assert.match(error.message, /was not ready within 1 s.*no-daemon-here/s);
      return true;
    });
    assert.deepEqual(await engine.list(), []);
    await engine.close();
    assert.deepEqual(await harness.leftovers(instance), []);
  });

  test('create that is aborted while the probe runs leaves nothing behind', async () => {
    const { harness } = get();
    const instance = `unready-aborted-${Date.now()}`;
    const engine = harness.connect(instance);
    const reason = new Error('no longer wanted');
    const controller = new AbortController();
    const spec = specOf({ ready: ['sleep', '60'] });
    const created = engine.create(spec, controller.signal, () =>
      setTimeout(() => controller.abort(reason), 200),
    );
    await assert.rejects(created, reason);
    assert.deepEqual(await engine.list(), []);
    await engine.close();
    assert.deepEqual(await harness.leftovers(instance), []);
  });
}

/** Waits until the start command has counted on, twice. */
async function beats(sandbox: Sandbox): Promise<void> {
  const read = async (): Promise<number> => Number((await sandbox.run(['cat', '.beat'], LIMITS)).stdout);
  let last = await read();
  let seen = 0;
  for (let tries = 0; tries < 100 && seen < 2; tries += 1) {
    await sleep(50);
    const next = await read();
    if (next > last) seen += 1;
    last = Math.max(next, last);
  }
  assert.equal(seen, 2, 'the start command goes on');
}
