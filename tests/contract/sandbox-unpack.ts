/** Engine contract, part 5: files for the home folder. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { RunLimits, Sandbox } from '../../server/sandbox/engine.ts';
import type { Fixture } from './engine-fixture.ts';
import { hasCode, startSandbox } from './sandbox-support.ts';

const LIMITS: RunLimits = { timeoutMs: 20_000, maxOutputBytes: 10_000 };

export function testUnpack(get: () => Fixture): void {
  for (const ahead of [false, true]) {
    const how = ahead ? 'after standBy' : 'at once';
    const start = async (...args: Parameters<typeof startSandbox>): Promise<Sandbox> => {
      const sandbox = await startSandbox(...args);
      if (ahead) await sandbox.standBy();
      return sandbox;
    };

    test(`unpack, ${how}, lays files into the home folder that are the user's, as often as it is asked`, async (t) => {
      const sandbox = await start(t, get());
      await sandbox.unpack(await archive({ 'a.txt': 'first', 'b/large': 'x'.repeat(1_000_000) }), LIMITS);
      await sandbox.unpack(await archive({ 'a.txt': 'second' }), LIMITS);
      const script = 'cat a.txt; wc -c <b/large; find a.txt b ! -user "$(id -un)"';
      assert.equal((await sandbox.run(['bash', '-c', script], LIMITS)).stdout, 'second1000000\n');
      assert.equal(await tars(sandbox), 0);
    });

    test(`unpack, ${how}, of what is no archive fails with tar's words`, async (t) => {
      const sandbox = await start(t, get());
      await assert.rejects(sandbox.unpack(Buffer.alloc(2000, 'x'), LIMITS), (error: Error) => {
        assert.match(error.message, /^tar ended with code 2: tar: .*not look like a tar archive/);
        return hasCode('internal')(error);
      });
    });

    test(`unpack, ${how}, ends with its signal and with the sandbox`, async (t) => {
      const sandbox = await start(t, get());
      const reason = new Error('no longer wanted');
      const files = await archive({ 'a.txt': '' });
      await assert.rejects(sandbox.unpack(files, { ...LIMITS, signal: AbortSignal.abort(reason) }), reason);
      await sandbox.destroy();
      await assert.rejects(sandbox.unpack(files, LIMITS), hasCode('not-found'));
      await sandbox.standBy();
      sandbox.standDown();
    });
  }

  test('after standDown nothing waits inside, and unpack works as without standBy', async (t) => {
    const sandbox = await startSandbox(t, get());
    await sandbox.standBy();
    const waiting = await tars(sandbox);
    await sandbox.standBy();
    assert.equal(await tars(sandbox), waiting, 'asked twice, it prepares once');
    sandbox.standDown();
    for (let n = 0; n < 100 && (await tars(sandbox)) > 0; n++);
    assert.equal(await tars(sandbox), 0);
    await sandbox.unpack(await archive({ 'a.txt': 'here' }), LIMITS);
    assert.equal((await sandbox.run(['cat', 'a.txt'], LIMITS)).stdout, 'here');
  });

  test('what waits ends with the server, and the next one can have its own', async (t) => {
    const { engine, harness, instance, spec } = get();
    const former = harness.connect(instance);
    const created = await former.create(spec, t.signal);
    await created.standBy();
    await former.close();
    const sandbox = (await engine.list()).find((one) => one.info.id === created.info.id);
    assert.ok(sandbox);
    t.after(() => sandbox.destroy());
    for (let n = 0; n < 100 && (await tars(sandbox)) > 0; n++);
    assert.equal(await tars(sandbox), 0);
    await sandbox.standBy();
    await sandbox.unpack(await archive({ 'a.txt': 'here' }), LIMITS);
    assert.equal((await sandbox.run(['cat', 'a.txt'], LIMITS)).stdout, 'here');
  });

  test('unpack does without what waited for it and was killed', async (t) => {
    const sandbox = await startSandbox(t, get());
    await sandbox.standBy();
    const kill = `${FIND_TARS} | while read -r it; do kill -KILL "$(basename "$(dirname "$it")")"; done`;
    await sandbox.run(['bash', '-c', kill], LIMITS);
    await sandbox.unpack(await archive({ 'a.txt': 'here' }), LIMITS);
    assert.equal((await sandbox.run(['cat', 'a.txt'], LIMITS)).stdout, 'here');
  });
}

/** Processes in the home folder that are `tar`, or the shell that started it; their command lines. */
const FIND_TARS = String.raw`for it in /proc/[0-9]*/cmdline; do
  [ "$(readlink "$(dirname "$it")/cwd" 2>/dev/null)" = "$HOME" ] && grep -lsaE '(^|drydock-unpack.)tar' "$it"
done`;

async function tars(sandbox: Sandbox): Promise<number> {
  const { stdout } = await sandbox.run(['bash', '-c', FIND_TARS], LIMITS);
  return stdout.split('\n').length - 1;
}

async function archive(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return buffer(tar);
}
