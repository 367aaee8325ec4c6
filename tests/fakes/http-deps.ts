/** Stand-ins for all that `createApp` needs: they keep what they are told and never touch an engine. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { LabState, Progress, Verdict } from '../../protocol/api.ts';
import type { ServerMessage, Size, ViewerMessage } from '../../protocol/messages.ts';
import { DrydockError } from '../../server/errors.ts';
import type { AppDeps, LearnerProgress, Sandboxes, TerminalHost } from '../../server/http/deps.ts';
import type { Catalog, CatalogExercise, CatalogLesson } from '../../server/lessons/catalog.ts';
import type { Pty, Sandbox } from '../../server/sandbox/engine.ts';
import type { Entry, LessonScene } from '../../server/sandbox/registry.ts';
import type { Channel, Viewer } from '../../server/terminal/terminals.ts';

/** Sandboxes that are nothing but entries. They are ready at once unless `startAs` says otherwise. */
export class FakeRegistry implements Sandboxes {
  readonly entries = new Map<string, Entry>();
  startAs: Entry['state'] = 'ready';
  /** Thrown by `start` where it is set. */
  refusal: DrydockError | undefined;
  /** Thrown by `sandbox` where it is set. */
  sandboxFault: DrydockError | undefined;
  readonly #onChange = new Set<(entry: Entry) => void>();
  readonly #onExpiring = new Set<(entry: Entry) => void>();

  async start(
    learner: string,
    { id: lesson, lab }: LessonScene,
  ): Promise<{ entry: Entry; created: boolean }> {
    if (this.refusal) throw this.refusal;
    const known = [...this.entries.values()].find((one) => one.learner === learner && one.lesson === lesson);
    if (known) return { entry: known, created: false };
    const id = randomBytes(16).toString('base64url');
    const expiresAt = new Date(Date.now() + 3_600_000);
    const entry = { id, learner, lesson, lab, expiresAt, state: this.startAs, generation: 1 };
    return { entry: this.change(entry), created: true };
  }

  get(learner: string, id: string): Entry {
    const entry = this.entries.get(id);
    if (entry?.learner !== learner) throw new DrydockError('not-found', 'There is no such lab.');
    return entry;
  }

  all(): Entry[] {
    return [...this.entries.values()];
  }

  async sandbox(): Promise<Sandbox> {
    if (this.sandboxFault) throw this.sandboxFault;
    return { main: async () => ({}) as Pty } as Sandbox;
  }

  async reset(learner: string, id: string): Promise<Entry> {
    const entry = this.get(learner, id);
    return this.change({ ...entry, state: 'ready', generation: entry.generation + 1 });
  }

  async extend(learner: string, id: string): Promise<Entry> {
    const entry = this.get(learner, id);
    return this.change({ ...entry, expiresAt: new Date(entry.expiresAt.getTime() + 3_600_000) });
  }

  async end(learner: string, id: string): Promise<void> {
    const entry = this.get(learner, id);
    this.entries.delete(id);
    this.#tell({ ...entry, state: 'ended', reason: 'You ended this lab.' });
  }

  markEnded(id: string, reason: string): void {
    const entry = this.entries.get(id);
    if (entry) this.change({ ...entry, state: 'ended', reason });
  }

  onChange(listener: (entry: Entry) => void): () => void {
    this.#onChange.add(listener);
    return () => void this.#onChange.delete(listener);
  }

  onExpiring(listener: (entry: Entry) => void): () => void {
    this.#onExpiring.add(listener);
    return () => void this.#onExpiring.delete(listener);
  }

  /** How many listen, to see that nobody is left behind. */
  get listeners(): number {
    return this.#onChange.size + this.#onExpiring.size;
  }

  change(entry: Entry): Entry {
    this.entries.set(entry.id, entry);
    this.#tell(entry);
    return entry;
  }

  warn(id: string): void {
    const entry = this.entries.get(id);
    if (entry) for (const listener of this.#onExpiring) listener(entry);
  }

  #tell(entry: Entry): void {
    for (const listener of this.#onChange) listener(entry);
  }
}

/** One attached viewer and all that it sent. */
export class FakeViewer implements Viewer {
  readonly key: string;
  readonly channel: Channel;
  readonly size: Size;
  readonly inputs: string[] = [];
  readonly messages: ViewerMessage[] = [];
  detached = 0;

  constructor({ key, channel, size }: Pick<FakeViewer, 'key' | 'channel' | 'size'>) {
    this.key = key;
    this.channel = channel;
    this.size = size;
  }

  input(data: Uint8Array): void {
    this.inputs.push(Buffer.from(data).toString());
  }

  message(message: ViewerMessage): void {
    this.messages.push(message);
  }

  detach(): void {
    this.detached++;
  }
}

/** Terminals that send a snapshot and then echo nothing; tests talk through `viewers`. */
export class FakeTerminals implements TerminalHost {
  readonly viewers: FakeViewer[] = [];
  readonly ended: { key: string; code: number }[] = [];
  /** Attaching waits for this. */
  gate: Promise<void> = Promise.resolve();
  /** Attaching fails with this where it is set. */
  fault: Error | undefined;

  async attach(...[key, open, channel, size]: Parameters<TerminalHost['attach']>): Promise<Viewer> {
    await this.gate;
    if (this.fault) throw this.fault;
    await open();
    const viewer = new FakeViewer({ key, channel, size });
    this.viewers.push(viewer);
    channel.sendMessage({ type: 'snapshot', ...size, data: 'screen' });
    return viewer;
  }

  end(
    key: string,
    { code, reason, message }: { code: number; reason: string; message?: ServerMessage },
  ): void {
    this.ended.push({ key, code });
    for (const { channel } of this.viewers.filter((viewer) => viewer.key === key)) {
      if (message) channel.sendMessage(message);
      channel.close(code, reason);
    }
  }

  count(): { sessions: number; viewers: number } {
    const attached = this.viewers.filter(({ detached }) => detached === 0);
    return { sessions: new Set(attached.map(({ key }) => key)).size, viewers: attached.length };
  }
}

/** Progress in memory. */
export class FakeProgress implements LearnerProgress {
  readonly attempts: string[] = [];
  readonly #of = new Map<string, Progress>();

  seen(learner: string): void {
    this.#own(learner);
  }

  started(learner: string, lesson: string, at: Date): void {
    const { lessons } = this.#own(learner);
    if (!lessons.some(({ id }) => id === lesson)) {
      lessons.push({ id: lesson, startedAt: at.toISOString(), tasks: [], help: [] });
    }
  }

  attempt(
    _learner: string,
    { lesson, task }: { lesson: string; task: string },
    { status }: { status: string },
  ): void {
    this.attempts.push(`${lesson} ${task} ${status}`);
  }

  passed(...[learner, lesson, task, at]: Parameters<LearnerProgress['passed']>): void {
    this.started(learner, lesson, at);
    const done = this.#own(learner).lessons.find(({ id }) => id === lesson);
    done?.tasks.push({ id: task, passedAt: at.toISOString() });
  }

  of(learner: string): Progress {
    return structuredClone(this.#own(learner));
  }

  #own(learner: string): Progress {
    const own = this.#of.get(learner) ?? { lessons: [] };
    this.#of.set(learner, own);
    return own;
  }
}

/** A catalog with the one lesson `virtualenv/create`, whose checks stand in `folder`. */
export function fakeCatalog(folder: string): Catalog {
  const task = (id: string, title: string): CatalogExercise => {
    const checkFile = path.join(folder, `${id}.sh`);
    writeFileSync(checkFile, `echo ${id}`);
    return {
      kind: 'exercise',
      id,
      title,
      needs: [],
      timeoutSeconds: 10,
      checkFile,
      solveFile: checkFile,
      hintFile: undefined,
    };
  };
  const lesson: CatalogLesson = {
    id: 'virtualenv/create',
    course: 'virtualenv',
    slug: 'create',
    title: 'Create an environment',
    summary: 'Make an environment and use it.',
    lab: 'python',
    durationMinutes: 10,
    tasks: [task('create-env', 'Create it'), task('use-env', 'Use it')],
    values: [],
    folder,
    filesFolder: undefined,
  };
  const course = { id: 'virtualenv', title: 'Environments', summary: 'All about them.', lessons: [lesson] };
  return { courses: [course], lessons: [lesson], lesson: (id) => (id === lesson.id ? lesson : undefined) };
}

/** All stand-ins together. Checks answer with `verdict`; `cleanUp` removes the files. */
export class FakeServer {
  readonly registry = new FakeRegistry();
  readonly terminals = new FakeTerminals();
  readonly progress = new FakeProgress();
  readonly checked: { script: string; timeoutMs: number }[] = [];
  verdict: Verdict = { status: 'failed', message: 'Not yet.', durationMs: 5 };
  labs: Record<string, LabState> = { python: { state: 'ready' } };
  engineFault: DrydockError | undefined;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'drydock-http-'));

  deps(changes: Partial<AppDeps> = {}): AppDeps {
    const catalog = fakeCatalog(this.#folder);
    return {
      catalog: () => catalog,
      registry: this.registry,
      terminals: this.terminals,
      progress: this.progress,
      labs: { states: () => this.labs },
      pool: { counters: () => ({ warm: { python: 2 }, claims: { warm: 3, cold: 1 } }) },
      runCheck: async (_sandbox, check) => {
        this.checked.push(check);
        return this.verdict;
      },
      engine: {
        name: 'fake',
        ping: async () => {
          if (this.engineFault) throw this.engineFault;
        },
      },
      secret: Buffer.alloc(32, 7),
      siteFolder: undefined,
      allowedOrigins: ['https://learn.example.org'],
      trustProxy: false,
      log: pino({ level: 'silent' }),
      ...changes,
    };
  }

  cleanUp(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
