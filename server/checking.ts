/** Puts together what checks learners' tasks: asked for, and by itself as terminals and sandboxes change. Decides nothing. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { AutoChecks } from './checks/auto-checks.ts';
import { Memories } from './checks/memory.ts';
import { TaskChecker, type RunCheck } from './checks/task-checker.ts';
import type { Checks, LearnerProgress, Sandboxes } from './http/deps.ts';
import type { EventHub } from './http/event-hub.ts';
import { terminalOf } from './http/terminal-lifecycle.ts';
import type { Catalog } from './lessons/catalog.ts';
import { Gate } from './sandbox/gate.ts';

/** Checks that the server runs by itself at a time, for each processor: most of their time they wait for the engine. */
const AT_A_TIME_PER_PROCESSOR = 2;

export interface CheckingDeps {
  readonly catalog: () => Catalog;
  readonly registry: Pick<Sandboxes, 'all' | 'get' | 'sandbox' | 'onChange'>;
  readonly progress: Pick<LearnerProgress, 'attempt' | 'passed' | 'of'>;
  readonly hub: EventHub;
  /** Whether anybody looks at a terminal of the sandbox. */
  watched(sandbox: { id: string; generation: number }): boolean;
  readonly runCheck: RunCheck;
  /** Random bytes that learners do not know. */
  readonly secret: Buffer;
  readonly log: Logger;
}

export interface Checking extends Checks {
  /** To be told what happens in the terminal with this key. */
  onMark(key: string, mark: { readonly kind: string }): void;
  /** Ends what runs by itself. Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

/** Begins to follow the sandboxes, until `close`. */
export function startChecking(deps: CheckingDeps): Checking {
  const { catalog, registry, progress, hub, secret, runCheck, log } = deps;
  const memories = new Memories();
  const publish = hub.publish.bind(hub);
  const readScript = (file: string): Promise<string> => readFile(file, 'utf8');
  const checker = new TaskChecker({
    catalog,
    registry,
    progress,
    memories,
    publish,
    runCheck,
    readScript,
    secret,
    log,
  });
  const find = (id: string) => registry.all().find((entry) => entry.id === id);
  const isWatched = (sandbox: { id: string; generation: number }): boolean =>
    hub.hears(sandbox.id) || deps.watched(sandbox);
  const auto = new AutoChecks({
    checker,
    memories,
    catalog,
    find,
    watched: isWatched,
    passed: (learner, lesson) => {
      const done = progress.of(learner).lessons.find(({ id }) => id === lesson);
      return new Set(done?.tasks.map(({ id }) => id));
    },
    gate: new Gate(AT_A_TIME_PER_PROCESSOR * availableParallelism()),
    log,
  });
  const off = registry.onChange((entry) => {
    if (entry.state === 'ready' && isWatched(entry)) auto.attached(entry.id);
    if (entry.state === 'starting') auto.forget(entry.id);
    if (entry.state !== 'ended' && entry.state !== 'failed') return;
    auto.forget(entry.id);
    memories.forget(entry.id);
  });
  return {
    check: async (entry, task, signal) => {
      const verdict = await checker.check(entry, task, signal);
      auto.checked(entry, task, verdict);
      return verdict;
    },
    hint: (entry, task, signal) => checker.hint(entry, task, signal),
    inspect: (entry, task, signal) => checker.inspect(entry, task, signal),
    told: (entry, task) => memories.find(entry)?.told(task),
    valuesOf: (entry) => checker.valuesOf(entry),
    attached: (id) => auto.attached(id),
    saved: (id) => auto.poke(id, 'saved'),
    counts: checker.counts,
    onMark: (key, { kind }) => {
      const terminal = terminalOf(key);
      if (terminal === undefined || (kind !== 'done' && kind !== 'pause')) return;
      if (find(terminal.id)?.generation !== terminal.generation) return;
      auto.poke(terminal.id, kind === 'done' ? 'command' : 'pause');
    },
    close: async () => {
      off();
      await auto.close();
    },
  };
}
