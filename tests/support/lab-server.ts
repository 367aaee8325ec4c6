/**
 * A real server in a process of its own with two lessons for each of the repository's labs, and learners who use it. The
 * lesson `labs/<lab>` has no files, `labs/<lab>-files` has two.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { readySchema, sandboxSchema, terminalSchema, type SandboxInfo } from '../../protocol/api.ts';
import { createInstallation, type Installation } from '../e2e/support/server.ts';
import { LabViewer } from './lab-viewer.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const START_MS = 30_000;
/** Milliseconds in which a lab's image is built where it is missing. */
const BUILD_MS = 580_000;
const ANSWER_MS = 20_000;

/** Those of the wanted labs that this repository has. */
export function presentLabs(wanted: readonly string[]): string[] {
  return wanted.filter((lab) => existsSync(path.join(ROOT, 'labs', lab, 'lab.yaml')));
}

export class LabServer {
  readonly address: string;
  readonly pid: number;
  readonly installation: Installation;
  readonly #child: ChildProcess;
  readonly #root: string;

  private constructor(
    child: ChildProcess,
    from: { address: string; installation: Installation; root: string },
  ) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.address = from.address;
    this.installation = from.installation;
    this.#root = from.root;
  }

  /** Resolves when it listens; `stop` is the caller's to call. */
  static async start(labs: readonly string[]): Promise<LabServer> {
    const root = mkdtempSync(path.join(tmpdir(), 'drydock-labs-'));
    for (const [index, lab] of labs.entries()) writeLessons(root, lab, index);
    return LabServer.#spawn([path.join(import.meta.dirname, 'serve.ts'), root], root);
  }

  /** The same with the repository's own lessons and labs, and the site: as `npm run up` has it. */
  static async startSite(): Promise<LabServer> {
    const nothing = mkdtempSync(path.join(tmpdir(), 'drydock-labs-'));
    return LabServer.#spawn([path.join(ROOT, 'cli', 'up.ts')], nothing);
  }

  static async #spawn(argv: readonly string[], root: string): Promise<LabServer> {
    const installation = createInstallation();
    const flags = ['--port', '0', '--data', installation.folder, '--log-level', 'error'];
    const child = spawn(process.execPath, [...argv, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await addressOf(child);
    return new LabServer(child, { address, installation, root });
  }

  async stop(): Promise<void> {
    const exit = once(this.#child, 'exit');
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGINT');
      await exit;
    }
    this.installation.remove();
    rmSync(this.#root, { recursive: true });
  }

  /** Waits until the lab is built; throws with the server's reason where it cannot be had. */
  async untilBuilt(lab: string): Promise<void> {
    for (const deadline = Date.now() + BUILD_MS; Date.now() < deadline; await sleep(200)) {
      const response = await fetch(`${this.address}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
      const state = readySchema.parse(await response.json()).labs[lab];
      if (state?.state === 'ready') return;
      if (state?.state === 'failed' || state?.state === 'unavailable') {
        throw new Error(`The lab ${lab} is ${state.state}: ${state.reason}`);
      }
    }
    throw new Error(`expected the lab ${lab} to be built, it still is not`);
  }

  /** Waits until a sandbox of the lab stands ready in the pool. */
  async untilWarm(lab: string): Promise<void> {
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(50)) {
      const response = await fetch(`${this.address}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
      if (new RegExp(`^drydock_pool_warm{lab="${lab}"} [1-9]`, 'm').test(await response.text())) return;
    }
    throw new Error(`expected a warm sandbox of the lab ${lab}, found none`);
  }

  /** The container behind a learner's sandbox. */
  engineId(id: string): string {
    const database = new DatabaseSync(path.join(this.installation.folder, 'drydock.db'), { readOnly: true });
    try {
      const row = database.prepare("SELECT engine_id FROM claim WHERE id = ? AND state = 'ready'").get(id);
      return String(row?.['engine_id']);
    } finally {
      database.close();
    }
  }
}

/** Somebody with a cookie. */
export class LabLearner {
  readonly #server: Pick<LabServer, 'address'>;
  readonly #course: string;
  #cookie = '';

  /** `course`: whose lessons are meant by `begin` and `start`. */
  constructor(server: Pick<LabServer, 'address'>, course = 'labs') {
    this.#server = server;
    this.#course = course;
  }

  async ask(method: string, address: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.#server.address}${address}`, {
      method,
      headers: {
        ...(this.#cookie !== '' && { cookie: this.#cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    return response;
  }

  /** Starts the lab of that lesson and returns as soon as the server answers. */
  async begin(lesson: string): Promise<SandboxInfo> {
    const response = await this.ask('POST', '/api/sandboxes', { lesson: `${this.#course}/${lesson}` });
    if (!response.ok) throw new Error(`The lab ${lesson} did not start: ${await response.text()}`);
    return sandboxSchema.parse(await response.json());
  }

  /** Starts the lab and waits until it is ready. */
  async start(lab: string): Promise<SandboxInfo> {
    return this.untilReady((await this.begin(lab)).id);
  }

  async untilReady(id: string): Promise<SandboxInfo> {
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(50)) {
      const now = await this.state(id);
      if (now.state === 'ready') return now;
      if (now.state !== 'starting') throw new Error(`The sandbox is ${now.state}: ${now.reason}`);
    }
    throw new Error('expected the sandbox to be ready, it still starts');
  }

  async state(id: string): Promise<SandboxInfo> {
    const response = await this.ask('GET', `/api/sandboxes/${id}`);
    return sandboxSchema.parse(await response.json());
  }

  /** A fresh sandbox under the same id. */
  async reset(id: string): Promise<void> {
    const response = await this.ask('POST', `/api/sandboxes/${id}/reset`);
    if (!response.ok) throw new Error(`The sandbox was not reset: ${await response.text()}`);
    await this.untilReady(id);
  }

  async end(id: string): Promise<void> {
    await this.ask('DELETE', `/api/sandboxes/${id}`);
  }

  /** Adds a terminal and returns its name. It opens when somebody looks at it. */
  async addTerminal(id: string): Promise<string> {
    const response = await this.ask('POST', `/api/sandboxes/${id}/terminals`, {});
    if (!response.ok) throw new Error(`No terminal was added: ${await response.text()}`);
    return terminalSchema.parse(await response.json()).name;
  }

  /** Looks at the main terminal, or at the one of that name. */
  look(id: string, name = 'main'): LabViewer {
    return new LabViewer(this.#server.address, { id, name, cookie: this.#cookie });
  }
}

function writeLessons(root: string, lab: string, index: number): void {
  cpSync(path.join(ROOT, 'labs', lab), path.join(root, 'labs', lab), { recursive: true });
  const course = path.join(root, 'lessons', 'labs');
  const folderOf = (number: number, slug: string): string =>
    path.join(course, `${String(number).padStart(2, '0')}-${slug}`);
  writeLesson(folderOf(2 * index, lab), lab);
  const withFiles = folderOf(2 * index + 1, `${lab}-files`);
  writeLesson(withFiles, lab);
  mkdirSync(path.join(withFiles, 'files', 'app'), { recursive: true });
  for (const name of ['notes.txt', 'app/main.py']) {
    writeFileSync(path.join(withFiles, 'files', name), '# A file of the lesson.\n');
  }
  writeFileSync(
    path.join(course, 'course.yaml'),
    'title: All labs\nsummary: One lesson for each of the labs.\norder: 1\n',
  );
}

function writeLesson(lesson: string, lab: string): void {
  const task = path.join(lesson, 'tasks', 'nothing');
  mkdirSync(task, { recursive: true });
  for (const script of ['check.sh', 'solve.sh']) writeFileSync(path.join(task, script), 'true\n');
  const text = [
    '---',
    `title: Lab ${lab}`,
    'summary: A lesson that asks for this lab and no more.',
    `lab: ${lab}`,
    'duration: 1',
    'tasks:',
    '  - id: nothing',
    '    title: Do nothing',
    '---',
    '',
    '<Task id="nothing">Nothing.</Task>',
    '',
  ];
  writeFileSync(path.join(lesson, 'index.mdx'), text.join('\n'));
}

async function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    const address = /is ready at (http:[^\s;]+)/.exec(output)?.[1];
    if (address !== undefined) resolve(address);
  });
  const timer = setTimeout(
    () => reject(new Error(`The server said no address in time.\n${output}`)),
    START_MS,
  );
  child.once('exit', (code) => reject(new Error(`The server ended with code ${code}.\n${output}`)));
  return promise.finally(() => clearTimeout(timer));
}
