/** What the Docker engine says while the daemon does not answer, and that all is found again afterwards. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { SandboxEngine } from '../../server/sandbox/engine.ts';
import { makeDockerHarness, requireDocker, type DockerHarness } from './docker-harness.ts';
import { startEngineProxy, type EngineProxy } from './engine-proxy.ts';
import { STEADY } from './engine-fixture.ts';
import { hasCode } from './sandbox-support.ts';
import { Screen, exitOf } from './screen.ts';

describe('an engine that goes away and comes back', { timeout: 120_000 }, () => {
  const instance = `outage-${process.pid}-${Date.now()}`;
  let harness: DockerHarness;
  let proxy: EngineProxy;
  let engine: SandboxEngine;

  before(async () => {
    const address = await requireDocker();
    assert.ok('socketPath' in address, 'this test needs an engine on a socket');
    harness = await makeDockerHarness();
    proxy = await startEngineProxy(address.socketPath);
    const docker = { socketPath: proxy.socketPath };
    engine = createDockerEngine({ docker, instance, log: pino({ level: 'silent' }) });
  });
  after(async () => {
    for (const sandbox of await harness.connect(instance).list()) await sandbox.destroy();
    await engine.close();
    await proxy.close();
    await harness.dispose();
  });

  test('terminals are lost, calls say engine-unavailable, and afterwards the same shell is there', async () => {
    const { name, settings } = harness.lab;
    const image = await engine.prepare(harness.lab, () => {}, STEADY);
    const sandbox = await engine.create({ lab: name, image, settings }, STEADY);
    const main = await sandbox.main();
    const further = await sandbox.open({ cols: 80, rows: 24 });
    const before = new Screen(main);
    before.type('kept=here; echo set-$kept\n');
    await before.until(/set-here/);

    const exits = Promise.all([exitOf(main), exitOf(further)]);
    await proxy.cut();
    assert.deepEqual(await exits, [
      { code: null, lost: true },
      { code: null, lost: true },
    ]);
    const unavailable = hasCode('engine-unavailable');
    await assert.rejects(engine.ping(), unavailable);
    await assert.rejects(engine.list(), unavailable);
    await assert.rejects(engine.create({ lab: name, image, settings }, STEADY), unavailable);
    await assert.rejects(sandbox.main(), unavailable);
    await assert.rejects(sandbox.alive(), unavailable);
    await assert.rejects(sandbox.run(['true'], { timeoutMs: 1000, maxOutputBytes: 10 }), unavailable);
    await assert.rejects(sandbox.destroy(), unavailable);

    await proxy.mend();
    await engine.ping();
    assert.equal(await sandbox.alive(), true);
    const screen = new Screen(await sandbox.main());
    screen.type('echo still-$kept\n');
    await screen.until(/still-here/);
    await sandbox.destroy();
    assert.deepEqual(await harness.leftovers(instance), []);
  });
});
