/**
 * The contract of `server/sandbox/engine.ts` as a test suite, shared by all engines. A test file of an engine is
 * little more than a call of `testSandboxEngine` with a harness.
 */
import { after, before, describe } from 'node:test';
import { STEADY, type EngineHarness, type Fixture } from './engine-fixture.ts';
import { testLifecycle } from './sandbox-lifecycle.ts';
import { testReadiness } from './sandbox-ready.ts';
import { testRun } from './sandbox-run.ts';
import { testTerminals } from './sandbox-terminals.ts';
import { testUnpack } from './sandbox-unpack.ts';

/** Runs the whole contract against one engine. `makeHarness` is called once, before the tests. */
export function testSandboxEngine(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`sandbox engine: ${name}`, { timeout: 600_000 }, () => {
    let fixture: Fixture | undefined;
    const get = (): Fixture => {
      if (fixture === undefined) throw new Error('expected the harness to be ready');
      return fixture;
    };
    before(async () => {
      const harness = await makeHarness();
      const instance = `contract-${process.pid}-${Date.now()}`;
      const engine = harness.connect(instance);
      const { lab } = harness;
      const image = await engine.prepare(lab, () => {}, STEADY);
      fixture = { harness, engine, instance, spec: { lab: lab.name, image, settings: lab.settings } };
    });
    after(async () => {
      if (fixture === undefined) return;
      const { engine, harness } = fixture;
      for (const sandbox of await engine.list()) await sandbox.destroy();
      await engine.close();
      await harness.dispose();
    });
    testLifecycle(get);
    testTerminals(get);
    testRun(get);
    testReadiness(get);
    testUnpack(get);
  });
}
