/** What HTTP needs of the rest of the server, one small interface for each part, so that tests can stand in for it. */
import type { Logger } from 'pino';
import type {
  CheckRun,
  HelpKind,
  HintAnswer,
  LabState,
  Progress,
  TypeRequest,
  Verdict,
} from '../../protocol/api.ts';
import type { ServerMessage } from '../../protocol/messages.ts';
import type { VerdictCounts } from '../checks/task-checker.ts';
import type { Catalog } from '../lessons/catalog.ts';
import type { Off, Pty, Sandbox } from '../sandbox/engine.ts';
import type { Readiness } from '../sandbox/lifecycle.ts';
import type { Entry, LessonScene } from '../sandbox/registry.ts';
import type { TerminalList } from '../sandbox/terminal-list.ts';
import type { Channel, Seat, Viewer } from '../terminal/terminals.ts';
import type { EventHub } from './event-hub.ts';

/** The learners' sandboxes. `get` and all that take a learner throw `not-found` for somebody else's. */
export interface Sandboxes {
  start(learner: string, lesson: LessonScene): Promise<{ entry: Entry; created: boolean }>;
  get(learner: string, id: string): Entry;
  all(): Entry[];
  sandbox(id: string, signal: AbortSignal): Promise<Sandbox>;
  reset(learner: string, id: string): Promise<Entry>;
  extend(learner: string, id: string): Promise<Entry>;
  end(learner: string, id: string): Promise<void>;
  markEnded(id: string, reason: string, generation?: number): void;
  onChange(listener: (entry: Entry) => void): Off;
  onExpiring(listener: (entry: Entry) => void): Off;
  onReady(listener: (readiness: Readiness) => void): Off;
}

/** The open terminals, by key. */
export interface TerminalHost {
  attach(key: string, open: () => Promise<Pty>, channel: Channel, seat: Seat): Promise<Viewer>;
  end(key: string, close: { code: number; reason: string; message?: ServerMessage }): void;
  /** See `Terminals.type`: rejects with `conflict` where the prompt is not free, `not-found` where it is not open. */
  type(key: string, request: TypeRequest): Promise<void>;
  count(): { sessions: number; viewers: number };
}

/** What learners have done. */
export interface LearnerProgress {
  seen(learner: string, at: Date): void;
  started(learner: string, lesson: string, at: Date): void;
  attempt(
    learner: string,
    task: { lesson: string; task: string },
    attempt: { status: Verdict['status']; at: Date },
  ): void;
  passed(learner: string, lesson: string, task: string, at: Date): void;
  help(learner: string, task: { lesson: string; task: string }, help: { kind: HelpKind; at: Date }): void;
  of(learner: string): Progress;
}

/** Whether tasks are done. All that take a task throw `not-found` for what is no exercise of the lesson, `conflict`
 * while the sandbox is not ready, and else only where nothing can be told. */
export interface Checks {
  /** The verdict, which is recorded and told to all who watch. */
  check(entry: Entry, task: string, signal: AbortSignal): Promise<Verdict>;
  /** Throws `not-found` also where the task has no hint script. */
  hint(entry: Entry, task: string, signal: AbortSignal): Promise<HintAnswer>;
  /** For the author: neither recorded nor told. */
  inspect(entry: Entry, task: string, signal: AbortSignal): Promise<CheckRun>;
  /** The learner has saved or removed a file other than by the terminal. */
  saved(id: string): void;
  /** What the learner was last told of the task in this sandbox. */
  told(entry: Entry, task: string): Verdict | undefined;
  /** The learner's values that are known. */
  valuesOf(entry: Entry): Record<string, string>;
  /** Somebody has begun to look at the sandbox. */
  attached(id: string): void;
  readonly counts: VerdictCounts;
}

/** How the pool has done, for metrics. */
export interface PoolCounters {
  /** Started sandboxes that wait for a learner, by lab. */
  readonly warm: Readonly<Record<string, number>>;
  /** How many learners found one, and how many had to wait for a start. */
  readonly claims: { readonly warm: number; readonly cold: number };
}

/** Pauses between signs of life. Tests shorten them. */
export interface Timing {
  /** Milliseconds between two pings of a WebSocket; two missed answers end it. */
  readonly pingMs: number;
  /** Milliseconds between two comments in an event stream. */
  readonly heartbeatMs: number;
}

/** All that `createApp` needs. */
export interface AppDeps {
  /** Asked for each request, since it changes during development. */
  readonly catalog: () => Catalog;
  readonly registry: Sandboxes;
  readonly terminals: TerminalHost;
  readonly terminalList: TerminalList;
  readonly progress: LearnerProgress;
  readonly labs: { states(): Record<string, LabState> };
  readonly pool: { counters(): PoolCounters };
  readonly checks: Checks;
  /** Passes events on to those who watch a sandbox. */
  readonly hub: EventHub;
  readonly engine: { readonly name: string; ping(): Promise<void> };
  /** Signs the learner's cookie; 32 random bytes or more. */
  readonly secret: Buffer;
  /** The built site; undefined in development, where Astro serves the pages. */
  readonly siteFolder: string | undefined;
  /** Origins besides our own that may call the API, such as `https://learn.example.org`. */
  readonly allowedOrigins: readonly string[];
  /** Whether `X-Forwarded-*` is believed. */
  readonly trustProxy: boolean;
  readonly log: Logger;
  readonly timing?: Timing;
}
