/** The lesson's lab in this page: starts it, follows it, ends it. Knows nothing about the page's elements. */
import type { SandboxEvent, SandboxInfo, Verdict } from '../../protocol/api.ts';
import { CallError, isOffline } from './api.ts';
import type { Lost } from './close-codes.ts';
import type { Advice } from './connection.ts';
import { inquire, isNotFound } from './inquiry.ts';
import type { LabDeps } from './lab-deps.ts';
import { next } from './lab-state.ts';
import type { LabEvent, LabState, Trouble } from './lab-state.ts';
import type { TerminalHandlers } from './live-terminal.ts';
import { patiently } from './patience.ts';
import { TerminalSlot } from './terminal-slot.ts';

/** One lesson's lab. */
export class Lab {
  readonly #deps: LabDeps;
  #state: LabState = { name: 'idle' };
  #id: string | undefined;
  /** Aborts what was begun for the sandbox that the lab has left. */
  #life = new AbortController();
  readonly #terminal: TerminalSlot;

  constructor(deps: LabDeps) {
    this.#deps = deps;
    const handlers: TerminalHandlers = {
      drawn: () => this.#dispatch({ type: 'drawn' }),
      lost: (trouble, attempt) => this.#lost(trouble, attempt),
      stopped: (cause) => void this.#stopped(cause),
      inquire: () => this.#ask(),
      refused: (why) => this.#inputRefused(why),
      leave: () => this.#deps.listener.leave(),
      note: (words) => this.#deps.listener.note(words),
    };
    this.#terminal = new TerminalSlot(() => deps.openTerminal(handlers));
  }

  get state(): LabState {
    return this.#state;
  }

  /** The sandbox's id, also while its terminal is not connected; undefined while there is none. */
  get sandbox(): string | undefined {
    return this.#state.name === 'idle' || this.#state.name === 'ended' ? undefined : this.#id;
  }

  /** The name of the terminal that is shown. */
  get terminal(): string {
    return this.#terminal.shown;
  }

  /** Starts the lab unless one is there. */
  async start(): Promise<void> {
    if (this.#state.name !== 'idle' && this.#state.name !== 'ended') return;
    const life = this.#begin();
    // Asked first: the server works while the page draws.
    const asked = patiently(() => this.#deps.api.start(this.#deps.lesson), life, this.#patience());
    this.#dispatch({ type: 'start' });
    // Side by side: the code of the terminal loads while the sandbox starts. A failure is met again in #attach.
    this.#terminal.load();
    try {
      const info = await asked;
      if (info) this.#follow(info, life);
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Comes back to a sandbox that may still run, such as after a reload. */
  async resume(id: string): Promise<void> {
    if (this.#id === id && this.sandbox !== undefined) return;
    const life = this.#begin();
    const asked = patiently(() => this.#deps.api.get(id), life, this.#patience());
    this.#dispatch({ type: 'resume' });
    this.#terminal.load();
    try {
      const info = await asked;
      if (info) this.#follow(info, life);
    } catch {
      this.#deps.remember(undefined);
      this.#dispatch({ type: 'forget' });
    }
  }

  /** Replaces the sandbox by a fresh one. */
  async reset(): Promise<void> {
    const id = this.sandbox;
    if (id === undefined) return;
    const life = this.#life.signal;
    this.#dispatch({ type: 'reset' });
    this.#terminal.disconnect();
    try {
      this.#apply(await this.#deps.api.reset(id));
    } catch (error) {
      if (life.aborted) return;
      this.#deps.listener.note(`The lab was not reset: ${wordsOf(error)}`);
      const info = await patiently(() => this.#deps.api.get(id), life, this.#patience()).catch(
        () => undefined,
      );
      if (info) this.#apply(info);
      else if (!life.aborted) this.#gone();
    }
  }

  /** Gives the sandbox more time. */
  async extend(): Promise<void> {
    const id = this.sandbox;
    if (id === undefined) return;
    try {
      this.#apply(await this.#deps.api.extend(id));
    } catch (error) {
      this.#deps.listener.note(`The time was not extended: ${wordsOf(error)}`);
    }
  }

  /** Ends the sandbox; its last screen stays. */
  async end(): Promise<void> {
    const id = this.sandbox;
    if (id === undefined) return;
    const life = this.#life;
    try {
      await this.#deps.api.end(id);
    } catch (error) {
      if (!isNotFound(error)) return this.#deps.listener.note(`The lab was not ended: ${wordsOf(error)}`);
    }
    // The news of the end may have been faster than the answer, and the learner may have started again by then.
    if (life !== this.#life) return;
    this.#end({ type: 'end', cause: 'learner' });
    this.#deps.remember(undefined);
  }

  /** Runs a task's check; undefined where there is no lab any more. Rejects with `CallError`. */
  check(task: string): Promise<Verdict | undefined> {
    return this.ask((id) => this.#deps.api.check(id, task));
  }

  /** Asks the server something about the sandbox; undefined where there is none. Rejects as the call does. */
  async ask<T>(call: (id: string) => Promise<T>): Promise<T | undefined> {
    const id = this.sandbox;
    if (id === undefined) return undefined;
    try {
      return await call(id);
    } catch (error) {
      if (isNotFound(error)) await this.#ask();
      throw error;
    }
  }

  /** Begins to load and open the terminal, for a learner who is about to start the lab. */
  prepare(): void {
    this.#terminal.prepare();
  }

  /** Takes the focus to the terminal if it is there. */
  focus(): void {
    this.#terminal.focus();
  }

  #begin(): AbortSignal {
    this.#life.abort();
    this.#life = new AbortController();
    return this.#life.signal;
  }

  #dispatch(event: LabEvent): void {
    const state = next(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.listener.state(state);
  }

  #follow(info: SandboxInfo, life: AbortSignal): void {
    this.#id = info.id;
    this.#deps.remember(info.id);
    this.#apply(info);
    if (life.aborted) return;
    const off = this.#deps.followEvents(info.id, {
      event: (event) => this.#event(event),
      refused: () => void this.#ask(),
    });
    life.addEventListener('abort', off);
  }

  #event(event: SandboxEvent): void {
    if (event.event === 'state') this.#apply(event.data);
    else if (event.event === 'task') this.#deps.listener.verdict(event.data.id, event.data.verdict);
    else if (event.event === 'values') this.#deps.listener.values(event.data);
    // `expiring` is no news: the page knows when the lab ends, and tells it by its own clock.
  }

  /** Takes over what the server says; the one place where the terminal is connected. */
  #apply(info: SandboxInfo): void {
    if (info.id !== this.#id || this.#life.signal.aborted) return;
    this.#deps.listener.sandbox(info);
    if (info.state === 'ended' || info.state === 'failed') {
      return this.#end({ type: 'end', cause: info.state, ...(info.reason && { reason: info.reason }) });
    }
    this.#dispatch({ type: 'sandbox', info });
    if (info.state === 'ready') void this.#attach(info);
    else this.#terminal.disconnect();
  }

  async #attach(info: SandboxInfo): Promise<void> {
    const life = this.#life.signal;
    try {
      await this.#terminal.connect(info, life);
    } catch {
      if (life.aborted) return;
      const reason = 'The terminal could not be loaded. Check your network, then start again.';
      this.#end({ type: 'end', cause: 'failed', reason });
    }
  }

  #lost(trouble: Lost, attempt: number): void {
    if (trouble === 'reset') this.#dispatch({ type: 'reset' });
    else this.#dispatch({ type: 'trouble', trouble: isOffline() ? 'offline' : trouble, attempt });
  }

  async #stopped(cause: 'ended' | 'gone'): Promise<void> {
    this.#dispatch({ type: 'end', cause });
    // The terminal's end comes without a reason; the server may know one.
    await this.#ask();
  }

  #inputRefused(why: 'not-connected' | 'too-much'): void {
    if (why === 'too-much') this.#deps.listener.note('That is too much to paste at once: 1 MiB at most.');
    else this.#dispatch({ type: 'typed' });
  }

  /** Asks the server how the sandbox is and takes that over. Never rejects. */
  async #ask(): Promise<Advice> {
    const wait: Advice = { go: 'wait', trouble: 'connection' };
    const life = this.#life.signal;
    if (this.#id === undefined || life.aborted) return wait;
    const finding = await inquire(this.#deps.api, this.#id);
    if (life.aborted) return wait;
    if ('trouble' in finding) return { go: 'retry', trouble: finding.trouble };
    if ('gone' in finding) this.#gone();
    else this.#apply(finding.sandbox);
    return wait;
  }

  #gone(): void {
    this.#deps.remember(undefined);
    this.#end({ type: 'end', cause: 'gone' });
  }

  #end(event: LabEvent): void {
    this.#dispatch(event);
    this.#life.abort();
    this.#terminal.disconnect();
  }

  #refused(error: unknown): void {
    const busy = error instanceof CallError && error.code === 'busy';
    this.#end({ type: 'end', cause: busy ? 'busy' : 'failed', reason: wordsOf(error) });
  }

  #patience() {
    return {
      engineAnswers: () => this.#deps.api.engineAnswers(),
      wake: (listener: () => void) => this.#deps.wake(listener),
      trouble: (trouble: Trouble) => this.#dispatch({ type: 'trouble', trouble }),
    };
  }
}

const wordsOf = (error: unknown) => (error instanceof CallError ? error.message : 'The page made a mistake.');
