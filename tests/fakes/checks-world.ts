/** A learner at work in a sandbox, for tests of what checks their tasks: each check's verdict is the test's to decide. */
import { setImmediate } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import type { SandboxEvent, Verdict } from '../../protocol/api.ts';
import { AutoChecks } from '../../server/checks/auto-checks.ts';
import { Memories } from '../../server/checks/memory.ts';
import { TaskChecker, type CheckedSandbox } from '../../server/checks/task-checker.ts';
import { DrydockError } from '../../server/errors.ts';
import type { CatalogExercise, CatalogLesson, CatalogValue } from '../../server/lessons/catalog.ts';
import type { RunResult, Sandbox } from '../../server/sandbox/engine.ts';
import { Gate } from '../../server/sandbox/gate.ts';

export const LESSON = 'course/lesson';
/** The sandbox's id. */
export const ID = 'sandbox';

export interface ChecksWorldOptions {
  /** The lesson's exercises, each with those that it needs. */
  readonly tasks: Readonly<Record<string, readonly string[]>>;
  readonly values?: Readonly<Record<string, CatalogValue['kind']>>;
  /** Checks that may run at a time, over all sandboxes. */
  readonly places?: number;
}

/** Time stands still but for `pass`. */
export class ChecksWorld {
  readonly memories = new Memories();
  readonly checker: TaskChecker;
  readonly auto: AutoChecks;
  /** What checks say at this moment, by task; anything else is "nothing there". */
  readonly says = new Map<string, Partial<Verdict> | Error>();
  /** What value scripts print, by name. */
  readonly prints = new Map<string, string>();
  /** Checks that were begun, in order, and the values that each saw. */
  readonly runs: { readonly task: string; readonly values: Readonly<Record<string, string>> }[] = [];
  /** How often a value script was run. */
  asked = 0;
  readonly events: SandboxEvent[] = [];
  readonly attempts: string[] = [];
  readonly passed = new Set<string>();
  readonly faults: object[] = [];
  readonly sandboxes = new Map<string, CheckedSandbox>();
  watched = true;
  /** Most checks that were under way at a time. */
  most = 0;
  /** Checks wait for this. */
  gate: Promise<void> = Promise.resolve();
  #running = 0;
  readonly #context: TestContext;

  constructor(context: TestContext, { tasks, values = {}, places = 2 }: ChecksWorldOptions) {
    context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    this.#context = context;
    const lesson = lessonOf(tasks, values);
    const catalog = () => ({ lesson: (id: string) => (id === LESSON ? lesson : undefined) });
    this.sandboxes.set(ID, { id: ID, generation: 1, learner: 'ann', lesson: LESSON, state: 'ready' });
    const log = pino({ level: 'error' }, { write: (line) => void this.faults.push(JSON.parse(line)) });
    this.checker = new TaskChecker({
      catalog,
      registry: {
        get: (_learner, id) => this.sandbox(id),
        sandbox: async () => ({ run: async (_argv, limits) => this.#print(limits.input) }) as Sandbox,
      },
      progress: {
        attempt: (_learner, { task }, { status }) => void this.attempts.push(`${task} ${status}`),
        passed: (_learner, _lesson, task) => void this.passed.add(task),
      },
      memories: this.memories,
      publish: (_id, event) => void this.events.push(event),
      runCheck: (_sandbox, check, signal) => this.#run(check, signal),
      // A script is its own name here.
      readScript: async (file) => file,
      secret: Buffer.alloc(32, 1),
      log,
    });
    this.auto = new AutoChecks({
      checker: this.checker,
      memories: this.memories,
      catalog,
      find: (id) => this.sandboxes.get(id),
      watched: () => this.watched,
      passed: () => this.passed,
      gate: new Gate(places),
      log,
    });
    context.after(() => this.auto.close());
  }

  sandbox(id: string = ID): CheckedSandbox {
    const found = this.sandboxes.get(id);
    if (!found) throw new DrydockError('not-found', 'There is no such lab.');
    return found;
  }

  /** Lets time go by, in steps, each with all that follows from it. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      this.#context.mock.timers.tick(Math.min(50, left));
      await settle();
    }
    await settle();
  }

  /** A command has ended in the terminal, and what follows is over. */
  async command(): Promise<void> {
    this.auto.poke(ID, 'command');
    await this.pass(2500);
  }

  /** The tasks that were checked since the last call. */
  checked(): string[] {
    return this.runs.splice(0).map(({ task }) => task);
  }

  /** The verdicts that were told since the last call. */
  told(): string[] {
    return this.events
      .splice(0)
      .map((one) => (one.event === 'task' ? `${one.data.id} ${one.data.verdict.status}` : one.event));
  }

  change(changes: Partial<CheckedSandbox>): void {
    this.sandboxes.set(ID, { ...this.sandbox(), ...changes });
  }

  async #run(
    { script, values = {}, onFault }: { script: string; values?: object; onFault?: (fault: never) => void },
    signal: AbortSignal,
  ): Promise<Verdict> {
    this.runs.push({ task: script, values: { ...values } });
    this.most = Math.max(this.most, ++this.#running);
    try {
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      await Promise.race([this.gate, aborted]);
      const said = this.says.get(script) ?? {};
      if (said instanceof Error) throw said;
      if (said.status === 'error') onFault?.({ code: 3 } as never);
      return { status: 'failed', message: 'Nothing there yet.', durationMs: 1, ...said };
    } finally {
      this.#running--;
    }
  }

  #print(input: Uint8Array | undefined): RunResult {
    this.asked++;
    const name = Buffer.from(input ?? [])
      .toString()
      .replace(/^export .*; /, '');
    return { code: 0, stdout: this.prints.get(name) ?? '', stderr: '', timedOut: false };
  }
}

/** Lets all promises go on; timers stand still. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

function lessonOf(
  tasks: ChecksWorldOptions['tasks'],
  values: Readonly<Record<string, CatalogValue['kind']>>,
): CatalogLesson {
  const exercises = Object.entries(tasks).map(([id, needs]): CatalogExercise => {
    return {
      kind: 'exercise',
      id,
      title: id,
      needs,
      timeoutSeconds: 10,
      checkFile: id,
      solveFile: id,
      hintFile: undefined,
    };
  });
  return {
    id: LESSON,
    course: 'course',
    slug: 'lesson',
    title: 'A lesson',
    summary: 'For tests.',
    lab: 'python',
    durationMinutes: 1,
    tasks: exercises,
    values: Object.entries(values).map(([name, kind]) => ({
      name,
      kind,
      scriptFile: kind === 'script' ? name : undefined,
    })),
    folder: '',
    filesFolder: undefined,
  };
}
