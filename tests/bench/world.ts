/** What all rows of the bench share: a server with a pool, and an engine beside it for sandboxes of its own. */
import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { readLabs } from '../../server/lessons/read-labs.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import type { Browser } from 'playwright-core';
import { requireDocker } from '../contract/docker-harness.ts';
import { openBrowser } from '../support/chromium.ts';
import { LabServer, presentLabs } from '../support/lab-server.ts';
import { Skip } from './figure.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const BUILD_MS = 580_000;
const START_MS = 90_000;
/** Name of the server that has the site. */
const SITE = 'site';
export const LABS = ['python', 'docker', 'vm'] as const;

const execute = promisify(execFile);

export class BenchWorld {
  readonly engine: SandboxEngine;
  /** The labs that this tree has. */
  readonly labs: readonly string[];
  readonly #servers = new Map<string, Promise<LabServer>>();
  #browser: Promise<Browser> | undefined;

  private constructor(engine: SandboxEngine) {
    this.engine = engine;
    this.labs = presentLabs(LABS);
  }

  static async open(): Promise<BenchWorld> {
    const instance = `bench-${process.pid}-${Date.now()}`;
    const docker = await requireDocker();
    return new BenchWorld(createDockerEngine({ docker, instance, log: pino({ level: 'silent' }) }));
  }

  /** A server with this lab alone, so that the pools of others take no time; the same for every call. Its lab is built. */
  async server(lab: string): Promise<LabServer> {
    this.#expect(lab);
    const known = this.#servers.get(lab) ?? LabServer.start([lab]);
    this.#servers.set(lab, known);
    const server = await known;
    await server.untilBuilt(lab);
    return server;
  }

  /** A server with the site and all lessons, and a browser to look at it; the same for every call. */
  async site(): Promise<{ server: LabServer; browser: Browser }> {
    const known = this.#servers.get(SITE) ?? LabServer.startSite();
    this.#servers.set(SITE, known);
    this.#browser ??= openBrowser();
    const [server, browser] = await Promise.all([known, this.#browser]);
    await server.untilBuilt('python');
    await server.untilWarm('python');
    return { server, browser };
  }

  /** The lab's image, built where it is missing. */
  async image(lab: string): Promise<string> {
    return this.engine.prepare(this.#source(lab), () => undefined, AbortSignal.timeout(BUILD_MS));
  }

  /** A fresh sandbox of no server, usable. The caller destroys it. */
  async sandbox(lab: string): Promise<Sandbox> {
    const { settings } = this.#source(lab);
    const image = await this.image(lab);
    return this.engine.create({ lab, image, settings }, AbortSignal.timeout(START_MS));
  }

  /** Ends the server of a lab or the site, so that it takes no time from the rows that follow. */
  async release(lab: string): Promise<void> {
    const server = this.#servers.get(lab);
    this.#servers.delete(lab);
    await (await server?.catch(() => undefined))?.stop();
  }

  /** Ends all servers and the browser; the next row that needs one gets another. */
  async clear(): Promise<void> {
    const browser = this.#browser;
    this.#browser = undefined;
    await (await browser?.catch(() => undefined))?.close();
    for (const name of [...this.#servers.keys()]) await this.release(name);
  }

  async close(): Promise<void> {
    await this.clear();
    for (const sandbox of await this.engine.list()) await sandbox.destroy();
    await this.engine.close();
  }

  #source(lab: string) {
    this.#expect(lab);
    const source = readLabs(path.join(ROOT, 'labs')).find(({ name }) => name === lab);
    if (!source) throw new Skip(`this tree has no lab ${lab}`);
    return source;
  }

  #expect(lab: string): void {
    if (!this.labs.includes(lab)) throw new Skip(`this tree has no lab ${lab}`);
  }
}

/** Runs the Docker client and returns its output without the last line end; rejects with what it complained of. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execute('docker', args, {
    timeout: 120_000,
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.trimEnd();
}

/** Whether the machine has the Docker client. */
export function hasDockerClient(): boolean {
  try {
    execFileSync('docker', ['--version'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
