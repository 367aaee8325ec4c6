/** Checks that misbehave, in a sandbox of this host's Docker engine. */
import { after, before, describe } from 'node:test';
import type { Sandbox } from '../../server/sandbox/engine.ts';
import { testCheckScripts } from './check-scripts.ts';
import { makeDockerHarness, type DockerHarness } from './docker-harness.ts';
import { STEADY } from './engine-fixture.ts';

describe('checks in Docker sandboxes', { timeout: 120_000 }, () => {
  let harness: DockerHarness;
  let sandbox: Sandbox;

  before(async () => {
    harness = await makeDockerHarness();
    const engine = harness.connect(`checks-${process.pid}-${Date.now()}`);
    const { name, settings } = harness.lab;
    const image = await engine.prepare(harness.lab, () => {}, STEADY);
    sandbox = await engine.create({ lab: name, image, settings }, STEADY);
  });
  after(async () => {
    await sandbox.destroy();
    await harness.dispose();
  });

  testCheckScripts(() => sandbox);
});
