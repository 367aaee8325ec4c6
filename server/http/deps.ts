/** What HTTP needs of the rest of the server, one small interface for each part, so that tests can stand in for it. */
import type { Logger } from 'pino';
import type { LabState, Progress, Verdict } from '../../protocol/api.ts';
import type { ServerMessage, Size } from '../../protocol/messages.ts';
import type { Catalog } from '../lessons/catalog.ts';
import type { Off, Pty, Sandbox } from '../sandbox/engine.ts';
import type { Entry, LessonScene } from '../sandbox/registry.ts';
import type { Channel, Viewer } from '../terminal/terminals.ts';

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
}

/** The open terminals, by key. */
export interface TerminalHost {
  attach(key: string, open: () => Promise<Pty>, channel: Channel, size: Size): Promise<Viewer>;
  end(key: string, close: { code: number; reason: string; message?: ServerMessage }): void;
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
  of(learner: string): Progress;
}

/** Runs the text of a check in a sandbox; rejects only when there is no verdict. `onFault` gets what an author needs. */
export type RunCheck = (
  sandbox: Sandbox,
  check: { script: string; timeoutMs: number; onFault: (fault: object) => void },
  signal: AbortSignal,
) => Promise<Verdict>;

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
  readonly progress: LearnerProgress;
  readonly labs: { states(): Record<string, LabState> };
  readonly pool: { counters(): PoolCounters };
  readonly runCheck: RunCheck;
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
