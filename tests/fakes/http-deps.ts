/** Stand-ins for all that `createApp` needs: they keep what they are told and never touch an engine. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { HelpKind, LabState, Progress, TypeRequest, Verdict } from '../../protocol/api.ts';
import type { ServerMessage, Size, ViewerMessage } from '../../protocol/messages.ts';
import type { RunCheck } from '../../server/checks/task-checker.ts';
import { startChecking, type Checking } from '../../server/checking.ts';
import { DrydockError } from '../../server/errors.ts';
import type { AppDeps, LearnerProgress, Sandboxes, TerminalHost } from '../../server/http/deps.ts';
import { EventHub } from '../../server/http/event-hub.ts';
import type {
  Catalog,
  CatalogExercise,
  CatalogLesson,
  CatalogQuiz,
  CatalogValue,
} from '../../server/lessons/catalog.ts';
import type { Pty, RunResult, Sandbox } from '../../server/sandbox/engine.ts';
import type { Readiness } from '../../server/sandbox/lifecycle.ts';
import type { Entry, LessonScene } from '../../server/sandbox/registry.ts';
import { TerminalList } from '../../server/sandbox/terminal-list.ts';
import type { Channel, Seat, Viewer } from '../../server/terminal/terminals.ts';

/** Sandboxes that are nothing but entries. They are ready at once unless `startAs` says otherwise. */
export class FakeRegistry implements Sandboxes {
  readonly entries = new Map<string, Entry>();
  startAs: Entry['state'] = 'ready';
  /** Thrown by `start` where it is set. */
  refusal: DrydockError | undefined;
  /** Thrown by `sandbox` where it is set. */
  sandboxFault: DrydockError | undefined;
  /** What commands in a sandbox give. Checks do not come here, see `FakeServer.verdict`. */
  result: RunResult = { code: 0, stdout: '', stderr: '', timedOut: false };
  /** The sizes of further shells that were opened. */
  readonly opened: Size[] = [];
  /** What was given to commands as their input. */
  readonly inputs: string[] = [];
  readonly #onChange = new Set<(entry: Entry) => void>();
  readonly #onExpiring = new Set<(entry: Entry) => void>();
  readonly #onReady = new Set<(readiness: Readiness) => void>();

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

  async sandbox(_id?: string): Promise<Sandbox> {
    if (this.sandboxFault) throw this.sandboxFault;
    const run: Sandbox['run'] = async (_argv, { input }) => {
      this.inputs.push(Buffer.from(input ?? []).toString());
      return this.result;
    };
    const open: Sandbox['open'] = async (size) => {
      this.opened.push(size);
      return {} as Pty;
    };
    return { main: async () => ({}) as Pty, open, run } as Sandbox;
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

  onReady(listener: (readiness: Readiness) => void): () => void {
    this.#onReady.add(listener);
    return () => void this.#onReady.delete(listener);
  }

  /** Tells that a start came to a ready sandbox. */
  madeReady(readiness: Readiness): void {
    for (const listener of this.#onReady) listener(readiness);
  }

  /** How many listen, to see that nobody is left behind. */
  get listeners(): number {
    return this.#onChange.size + this.#onExpiring.size + this.#onReady.size;
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
  readonly seat: Seat;
  readonly inputs: string[] = [];
  readonly messages: ViewerMessage[] = [];
  detached = 0;

  constructor({ key, channel, seat }: Pick<FakeViewer, 'key' | 'channel' | 'seat'>) {
    this.key = key;
    this.channel = channel;
    this.seat = seat;
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
  readonly typed: { key: string; request: TypeRequest }[] = [];
  /** Typing fails with this where it is set. */
  typeFault: DrydockError | undefined;
  /** Attaching waits for this. */
  gate: Promise<void> = Promise.resolve();
  /** Attaching fails with this where it is set. */
  fault: Error | undefined;

  async attach(...[key, open, channel, seat]: Parameters<TerminalHost['attach']>): Promise<Viewer> {
    await this.gate;
    if (this.fault) throw this.fault;
    await open();
    const viewer = new FakeViewer({ key, channel, seat });
    this.viewers.push(viewer);
    channel.sendMessage({ type: 'snapshot', cols: seat.cols, rows: seat.rows, data: 'screen' });
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

  async type(key: string, request: TypeRequest): Promise<void> {
    if (this.typeFault) throw this.typeFault;
    this.typed.push({ key, request });
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

  help(
    learner: string,
    ...[key, { kind, at }]: [{ lesson: string; task: string }, { kind: HelpKind; at: Date }]
  ): void {
    this.started(learner, key.lesson, at);
    const known = this.#own(learner).lessons.find(({ id }) => id === key.lesson);
    known?.help.push({ task: key.task, kind, at: at.toISOString() });
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
export function fakeCatalog(
  folder: string,
  { quizzes, values, hints }: Pick<FakeServer, 'quizzes' | 'values' | 'hints'>,
): Catalog {
  const task = (id: string, title: string): CatalogExercise => {
    const checkFile = path.join(folder, `${id}.sh`);
    writeFileSync(checkFile, `echo ${id}`);
    const hintFile = path.join(folder, `${id}-hint.sh`);
    if (hints[id] !== undefined) writeFileSync(hintFile, hints[id]);
    return {
      kind: 'exercise',
      id,
      title,
      needs: [],
      timeoutSeconds: 10,
      checkFile,
      solveFile: checkFile,
      hintFile: hints[id] === undefined ? undefined : hintFile,
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
    tasks: [task('create-env', 'Create it'), task('use-env', 'Use it'), ...quizzes],
    values,
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
  readonly terminalList = new TerminalList();
  readonly progress = new FakeProgress();
  readonly checked: Parameters<RunCheck>[1][] = [];
  verdict: Verdict = { status: 'failed', message: 'Not yet.', durationMs: 5 };
  /** Further tasks and values of the one lesson. To be set before `deps`. */
  quizzes: CatalogQuiz[] = [];
  values: CatalogValue[] = [];
  /** Hint scripts by task. */
  hints: Record<string, string> = {};
  /** What was logged as a fault. */
  readonly logged: object[] = [];
  labs: Record<string, LabState> = { python: { state: 'ready' } };
  engineFault: DrydockError | undefined;
  readonly hub = new EventHub();
  #checking: Checking | undefined;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'drydock-http-'));

  deps(changes: Partial<AppDeps> = {}): AppDeps {
    const catalog = fakeCatalog(this.#folder, this);
    this.#checking = startChecking({
      catalog: () => catalog,
      registry: this.registry,
      progress: this.progress,
      hub: this.hub,
      watched: () => false,
      runCheck: async (_sandbox, check) => {
        this.checked.push(check);
        return this.verdict;
      },
      secret: Buffer.alloc(32, 7),
      log: pino({ level: 'error' }, { write: (line) => void this.logged.push(JSON.parse(line)) }),
    });
    return {
      catalog: () => catalog,
      registry: this.registry,
      terminals: this.terminals,
      terminalList: this.terminalList,
      progress: this.progress,
      labs: { states: () => this.labs },
      pool: { counters: () => ({ warm: { python: 2 }, claims: { warm: 3, cold: 1 } }) },
      checks: this.#checking,
      hub: this.hub,
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

  /** Lets go of what `deps` began. */
  cleanUp(): void {
    void this.#checking?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
