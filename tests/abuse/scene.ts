/** An attacker and a neighbour in sandboxes of one lab, and what must hold after whatever the attacker did. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunResult, Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { LabLearner, type LabServer } from '../support/lab-server.ts';
import { Beacon, hostAddresses, hostProcessCount, hostSettings, mapsHostRoot, processesOf } from './host.ts';

/** Processes that may appear on a host meanwhile without our doing. */
const UNRELATED = 300;
const NOTE = 'the neighbour was here';

export class Scene {
  readonly lab: string;
  readonly server: LabServer;
  readonly attacker: LabLearner;
  readonly neighbour: LabLearner;
  readonly beacon = new Beacon();
  /** The attacker's sandbox, as the server knows it. */
  id = '';
  port = 0;
  readonly #engine: SandboxEngine;
  #neighbourId = '';
  readonly #settings = hostSettings();
  #processes = 0;

  constructor(lab: string, server: LabServer, engine: SandboxEngine) {
    this.lab = lab;
    this.server = server;
    this.attacker = new LabLearner(server);
    this.neighbour = new LabLearner(server);
    this.#engine = engine;
  }

  async open(): Promise<void> {
    this.port = await this.beacon.open();
    await this.server.untilBuilt(this.lab);
    this.#neighbourId = (await this.neighbour.start(this.lab)).id;
    this.id = (await this.attacker.start(this.lab)).id;
    const neighbour = await this.#sandbox(this.#neighbourId);
    await bash(neighbour, `echo "${NOTE}" > note`, 10_000);
    this.#processes = hostProcessCount();
  }

  async close(): Promise<void> {
    this.beacon.close();
    await this.attacker.end(this.id);
    await this.neighbour.end(this.#neighbourId);
  }

  /** The container of the attacker's sandbox. */
  get container(): string {
    return this.server.engineId(this.id);
  }

  /** Addresses that must not answer. */
  get addresses(): string[] {
    return [...new Set([...hostAddresses(), '127.0.0.1', '172.17.0.1'])];
  }

  /** Runs a script in the attacker's sandbox. */
  async run(script: string, timeoutMs = 15_000): Promise<RunResult> {
    return bash(await this.#sandbox(this.id), script, timeoutMs);
  }

  /** Runs a script in the neighbour's sandbox. */
  async runAsNeighbour(script: string, timeoutMs = 15_000): Promise<RunResult> {
    return bash(await this.#sandbox(this.#neighbourId), script, timeoutMs);
  }

  /** A fresh sandbox for the attacker, whatever has become of the last one. */
  async reset(): Promise<void> {
    const old = this.container;
    await this.attacker.reset(this.id);
    const deadline = Date.now() + 30_000;
    while (processesOf(old).length > 0) {
      assert.ok(Date.now() < deadline, 'the old sandbox still has processes on the host');
      await sleep(100);
    }
  }

  /** Asserts that the host, the server and the neighbour are as before. */
  async assertAllWell(): Promise<void> {
    assert.deepEqual(hostSettings(), this.#settings, 'a setting of the host was changed');
    assert.equal(this.beacon.visits, 0, 'the sandbox reached the host over the network');
    const others = hostProcessCount() - processesOf(this.container).length;
    assert.ok(others < this.#processes + UNRELATED, 'processes were left on the host');
    const health = await fetch(`${this.server.address}/healthz`, { signal: AbortSignal.timeout(10_000) });
    assert.equal(health.status, 200);
    await this.assertNeighbourGoesOn();
    this.assertNobodyIsRoot();
  }

  /** Asserts that the neighbour has its sandbox with its file. */
  async assertNeighbourGoesOn(): Promise<void> {
    assert.equal((await this.neighbour.state(this.#neighbourId)).state, 'ready');
    assert.equal((await this.runAsNeighbour('cat note', 10_000)).stdout, `${NOTE}\n`);
  }

  /** Asserts, by the host's view, that no process of the attacker is root or could be. */
  assertNobodyIsRoot(): void {
    for (const { pid, uids } of processesOf(this.container)) {
      assert.ok(!uids.includes(0), `process ${pid} of the sandbox runs as the host's root`);
      assert.ok(!mapsHostRoot(pid), `process ${pid} of the sandbox can become the host's root`);
    }
  }

  async #sandbox(id: string): Promise<Sandbox> {
    const engineId = this.server.engineId(id);
    const found = (await this.#engine.list()).find(({ info }) => info.id === engineId);
    assert.ok(found, `expected the sandbox ${engineId} to run`);
    return found;
  }
}

function bash(sandbox: Sandbox, script: string, timeoutMs: number): Promise<RunResult> {
  return sandbox.run(['bash', '-c', script], { timeoutMs, maxOutputBytes: 20_000 });
}
