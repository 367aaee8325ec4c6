/**
 * A sandbox engine for tests without a container engine. Its "sandboxes" are real bash shells of this host in
 * temporary folders: they behave like the real thing and isolate nothing. It keeps the contract of
 * `server/sandbox/engine.ts`, which `tests/contract/fake.test.ts` proves.
 *
 *     const engine = createFakeEngine('my-test');
 *     const image = await engine.prepare(lab, () => {}, signal);
 *     const sandbox = await engine.create({ lab: lab.name, image, settings: lab.settings }, signal);
 *
 * Engines of the same instance share their sandboxes within this process: `close` the one and create another to play
 * a restart of the server. Every test ends with `await removeFakeInstance('my-test')`, which ends all that is left.
 * For engines that misbehave see `faulty-engine.ts`, which wraps this one or any other.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrydockError } from '../../server/errors.ts';
import type {
  Pty,
  RunLimits,
  RunResult,
  Sandbox,
  SandboxEngine,
  SandboxInfo,
  SandboxSpec,
} from '../../server/sandbox/engine.ts';
import { furtherShell, mainShell } from '../../server/sandbox/main-shell.ts';
import { untilReady } from '../../server/sandbox/ready.ts';
import { unpackByRun, type UnpackLimits } from '../../server/sandbox/unpack.ts';
import type { Size } from '../../protocol/messages.ts';
import { HostProgram, killMarked, runOnHost } from './host-process.ts';

/** What exists beyond any engine object, as containers do: by instance, then by id. */
const worlds = new Map<string, Map<string, Machine>>();

/** A fake engine. `instance` is what in Docker is the label of an installation. */
export function createFakeEngine(instance: string): SandboxEngine {
  return new FakeEngine(worldOf(instance));
}

/** Ends all sandboxes of an instance and removes their folders. */
export async function removeFakeInstance(instance: string): Promise<void> {
  await Promise.all([...worldOf(instance).values()].map((machine) => machine.remove()));
  worlds.delete(instance);
}

/** What still exists of an instance. */
export async function fakeLeftovers(instance: string): Promise<string[]> {
  return [...worldOf(instance).values()].map((machine) => machine.folder);
}

function worldOf(instance: string): Map<string, Machine> {
  const world = worlds.get(instance) ?? new Map<string, Machine>();
  worlds.set(instance, world);
  return world;
}

class FakeEngine implements SandboxEngine {
  readonly name = 'fake';
  readonly #world: Map<string, Machine>;
  readonly #sandboxes = new Map<string, FakeSandbox>();

  constructor(world: Map<string, Machine>) {
    this.#world = world;
  }

  async ping(): Promise<void> {}

  async prepare(...[lab, onProgress, signal]: Parameters<SandboxEngine['prepare']>): Promise<string> {
    signal.throwIfAborted();
    onProgress({ progress: 0.5, step: 'setting up the image' });
    onProgress({ progress: 1, step: 'ready' });
    return `fake/${lab.name}`;
  }

  async create(...[spec, signal, onStep]: Parameters<SandboxEngine['create']>): Promise<Sandbox> {
    signal.throwIfAborted();
    const machine = await Machine.start(spec, this.#world);
    try {
      const sandbox = new FakeSandbox(machine);
      await sandbox.main();
      await machine.shells.firstOutput(signal);
      if (spec.settings.ready !== undefined) onStep?.(`waiting for ${spec.settings.title} to be ready`);
      await untilReady(sandbox, spec.settings, signal);
      this.#sandboxes.set(machine.info.id, sandbox);
      return sandbox;
    } catch (error) {
      await machine.remove();
      throw error;
    }
  }

  async list(): Promise<Sandbox[]> {
    return [...this.#world.values()].map((machine) => {
      const sandbox = this.#sandboxes.get(machine.info.id) ?? new FakeSandbox(machine);
      this.#sandboxes.set(machine.info.id, sandbox);
      return sandbox;
    });
  }

  async close(): Promise<void> {
    for (const sandbox of this.#sandboxes.values()) sandbox.release();
    this.#sandboxes.clear();
  }
}

/** What goes on without any engine object: the folder, the main shell, and whatever they have started. */
class Machine {
  readonly info: SandboxInfo;
  readonly folder: string;
  readonly shells: HostProgram;
  /** The programs in terminals; killed by hand, since one that has just been started does not carry the mark yet. */
  readonly #programs = new Set<HostProgram>();
  readonly #world: Map<string, Machine>;
  #removing: Promise<void> | undefined;

  private constructor(
    { info, folder }: Pick<Machine, 'info' | 'folder'>,
    world: Map<string, Machine>,
    start: readonly string[] | undefined,
  ) {
    this.info = info;
    this.folder = folder;
    this.#world = world;
    const shells = mainShell(start, join(folder, '.lab-start.log'));
    this.shells = this.program(shells, { cols: 80, rows: 24 });
    world.set(info.id, this);
    // Ended by itself, such as by a kill from within: it is gone, as a container would be.
    void this.shells.ended.then(() => this.remove());
  }

  static async start(spec: SandboxSpec, world: Map<string, Machine>): Promise<Machine> {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-fake-'));
    await writeFile(join(folder, '.bashrc'), `PS1='student@${spec.lab}:\\w\\$ '\n`);
    await writeFile(join(folder, '.profile'), '. ~/.bashrc\n');
    const id = randomBytes(16).toString('hex');
    const info = { id, lab: spec.lab, image: spec.image, createdAt: new Date() };
    return new Machine({ info, folder }, world, spec.settings.start);
  }

  get mark(): string {
    return `DRYDOCK_FAKE=${this.info.id}`;
  }

  env(more: Record<string, string> = {}): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: this.folder,
      USER: 'student',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      DRYDOCK_FAKE: this.info.id,
      ...more,
    };
  }

  /** Starts a program in a terminal; it ends with the machine at the latest. */
  program(argv: readonly string[], size: Size, env: Record<string, string> = {}): HostProgram {
    const program = new HostProgram(argv, { folder: this.folder, env: this.env(env) }, size);
    this.#programs.add(program);
    void program.ended.then(() => this.#programs.delete(program));
    return program;
  }

  get gone(): boolean {
    return this.#removing !== undefined;
  }

  remove(): Promise<void> {
    this.#removing ??= this.#remove();
    return this.#removing;
  }

  async #remove(): Promise<void> {
    this.#world.delete(this.info.id);
    const programs = [...this.#programs];
    for (const program of programs) program.kill();
    await killMarked(this.mark);
    await Promise.all(programs.map((program) => program.ended));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

class FakeSandbox implements Sandbox {
  readonly info: SandboxInfo;
  readonly #machine: Machine;
  readonly #opened = new Set<Pty>();
  #main: Pty | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.info = machine.info;
  }

  async main(): Promise<Pty> {
    this.#mustLive();
    this.#main ??= this.#machine.shells.view(() => (this.#main = undefined));
    return this.#main;
  }

  async open(size: Size): Promise<Pty> {
    this.#mustLive();
    const mark = randomBytes(8).toString('hex');
    const program = this.#machine.program(furtherShell(size), size, { DRYDOCK_MARK: mark });
    const pty = program.view(() => {
      this.#opened.delete(pty);
      program.kill();
      void killMarked(`DRYDOCK_MARK=${mark}`);
    });
    this.#opened.add(pty);
    return pty;
  }

  async run(argv: readonly string[], limits: RunLimits): Promise<RunResult> {
    this.#mustLive();
    const DRYDOCK_MARK = randomBytes(8).toString('hex');
    const env = this.#machine.env({ DRYDOCK_MARK });
    const place = { folder: this.#machine.folder, env, mark: `DRYDOCK_MARK=${DRYDOCK_MARK}` };
    return runOnHost(argv, limits, place);
  }

  unpack(archive: Uint8Array, limits: UnpackLimits): Promise<void> {
    return unpackByRun(this, archive, limits);
  }

  async standBy(): Promise<void> {}

  standDown(): void {}

  async alive(): Promise<boolean> {
    return !this.#machine.gone;
  }

  async destroy(): Promise<void> {
    await this.#machine.remove();
  }

  /** Lets go of all terminals; the main shell goes on. */
  release(): void {
    this.#main?.detach();
    for (const pty of [...this.#opened]) pty.detach();
  }

  #mustLive(): void {
    if (this.#machine.gone) throw new DrydockError('not-found', 'The sandbox is gone.');
  }
}
