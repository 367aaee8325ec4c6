/** What the lab needs of its surroundings and what it tells them; so that it can be tried without a page. */
import type { SandboxInfo, Verdict } from '../../protocol/api.ts';
import type { LabApi } from './api.ts';
import type { EventHandlers } from './events.ts';
import type { LabState } from './lab-state.ts';
import type { LiveTerminal, TerminalHandlers } from './live-terminal.ts';

/** What a lab tells to the page. */
export interface LabListener {
  state(state: LabState): void;
  /** What the server says about the sandbox. */
  sandbox(info: SandboxInfo): void;
  /** A check gave its verdict, by itself or in another tab. */
  verdict(task: string, verdict: Verdict): void;
  /** The learner's values, all that are known. */
  values(values: Readonly<Record<string, string>>): void;
  /** Something for the learner to know that changes no state; one sentence. */
  note(text: string): void;
  /** The learner wants to leave the terminal with the keyboard. */
  leave(): void;
}

/** What a lab needs. */
export interface LabDeps {
  readonly lesson: string;
  readonly api: LabApi;
  readonly listener: LabListener;
  /** Loads and opens the terminal; called again only after it failed. */
  openTerminal(handlers: TerminalHandlers): Promise<LiveTerminal>;
  /** See `followEvents`. */
  followEvents(id: string, handlers: EventHandlers): () => void;
  /** See `onWake`. */
  wake(listener: () => void): () => void;
  /** Keeps the id of the lesson's sandbox over a reload; undefined forgets it. */
  remember(id: string | undefined): void;
}
