/** Sandboxes of one real lab on this host's engine, for tests of what the lab holds. Knows nothing about lessons. */
import path from 'node:path';
import { pino } from 'pino';
import { Typist } from '../../cli/lesson/proof/typist.ts';
import { readLabs } from '../../server/lessons/read-labs.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { LabSource, RunResult, Sandbox, SandboxEngine } from '../../server/sandbox/engine.ts';
import { requireDocker } from '../contract/docker-harness.ts';

/** Milliseconds in which a lab is built where its image is missing, a sandbox starts, and a command ends. */
const BUILD_MS = 280_000;
const START_MS = 120_000;
const RUN_MS = 60_000;

const root = path.dirname(path.dirname(import.meta.dirname));

/** Somebody who types into a shell. */
export interface Hands {
  /** Types a line and Enter; resolves with what was printed until the next prompt, without line ends at its end. */
  type(line: string): Promise<string>;
}

/** One sandbox and the learner in it. */
export interface Learner {
  readonly sandbox: Sandbox;
  /** Runs a command line in `bash`, without a terminal. */
  run(line: string, limits?: { readonly input?: string; readonly timeoutMs?: number }): Promise<RunResult>;
  /** As `run`, and returns what it wrote to stdout; throws with all it wrote where it exits with another code than 0. */
  ok(line: string, limits?: { readonly input?: string; readonly timeoutMs?: number }): Promise<string>;
  /** Somebody who types into the main terminal; the same one at every call. */
  typist(): Promise<Hands>;
}

/** Starts sandboxes of one lab. `close` removes them all. */
export class LabBench {
  readonly #engine: SandboxEngine;
  readonly #lab: LabSource;
  readonly #image: string;

  private constructor(engine: SandboxEngine, lab: LabSource, image: string) {
    this.#engine = engine;
    this.#lab = lab;
    this.#image = image;
  }

  /** Builds the lab's image where it is missing. Throws where there is no engine, no such lab, or the build fails. */
  static async open(name: string): Promise<LabBench> {
    const lab = readLabs(path.join(root, 'labs')).find((one) => one.name === name);
    if (!lab) throw new Error(`expected a lab of the repository, found "${name}"`);
    const instance = `labs-${process.pid}-${Date.now()}`;
    const docker = await requireDocker();
    const engine = createDockerEngine({ docker, instance, log: pino({ level: 'silent' }) });
    try {
      const image = await engine.prepare(lab, () => {}, AbortSignal.timeout(BUILD_MS));
      return new LabBench(engine, lab, image);
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /** A fresh sandbox, ready as a learner would get it. */
  async learner(): Promise<Learner> {
    const { name, settings } = this.#lab;
    const spec = { lab: name, image: this.#image, settings };
    const sandbox = await this.#engine.create(spec, AbortSignal.timeout(START_MS));
    return learnerIn(sandbox, settings.user);
  }

  /** Removes all sandboxes that it started. */
  async close(): Promise<void> {
    const sandboxes = await this.#engine.list();
    await Promise.all(sandboxes.map((sandbox) => sandbox.destroy()));
    await this.#engine.close();
  }
}

function learnerIn(sandbox: Sandbox, user: string): Learner {
  let seated: Promise<Hands> | undefined;
  const sit = async (): Promise<Hands> => {
    const manner = { user, lineMs: RUN_MS, signal: new AbortController().signal };
    const typist = await Typist.sit(await sandbox.main(), manner);
    return { type: async (line) => (await typist.type(line)).output };
  };
  const run: Learner['run'] = (line, { input, timeoutMs = RUN_MS } = {}) =>
    sandbox.run(['bash', '-c', line], {
      timeoutMs,
      maxOutputBytes: 1_000_000,
      ...(input === undefined ? {} : { input: Buffer.from(input) }),
    });
  return {
    sandbox,
    run,
    ok: async (line, limits) => {
      const { code, stdout, stderr, timedOut } = await run(line, limits);
      if (code === 0) return stdout;
      const found = timedOut ? 'its deadline' : `code ${code}`;
      throw new Error(
        `${line}: expected code 0, found ${found}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`,
      );
    },
    typist: () => (seated ??= sit()),
  };
}
