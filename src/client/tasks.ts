/** The exercises on a lesson page: verdicts, check, hints, solution. Knows nothing about how a check is run. */
import type { HelpKind, SandboxInfo, Verdict } from '../../protocol/api.ts';
import { announce } from './announcer.ts';
import { CallError } from './api.ts';
import { Hints } from './hints.ts';
import { showStatus, statusOf } from './task-status.ts';
import { UNTOUCHED, afterState, afterVerdict, isNews, spoken } from './verdicts.ts';
import type { Shown } from './verdicts.ts';

/** Milliseconds for which the server looks again by itself. */
const WAITING_FOR = 10 * 60_000;

/** What tasks need of the page. */
export interface TasksDeps {
  /** Whether this learner has passed the task before. */
  passed(task: string): boolean;
  /** What keeps a check from being run, in words; undefined: nothing does. */
  obstacle(): string | undefined;
  /** Runs the check; undefined where the lab is gone. Rejects with `CallError`. */
  check(task: string): Promise<Verdict | undefined>;
  /** Asks the task's hint script; undefined where no lab is ready. Rejects with `CallError`. */
  hint(task: string): Promise<string | undefined>;
  /** The learner took help. */
  helped(task: string, kind: HelpKind): void;
}

/** One task of the page. */
export class TaskSection {
  readonly id: string;
  readonly #section: HTMLElement;
  readonly #deps: TasksDeps;
  #shown: Shown;
  /** A check that the learner asked for is under way. */
  #checking = false;
  /** What another check said meanwhile. */
  #held: Verdict | undefined;
  #hints: Hints | undefined;
  #solutionSeen = false;

  constructor(section: HTMLElement, id: string, deps: TasksDeps) {
    this.id = id;
    this.#section = section;
    this.#deps = deps;
    const status = statusOf(section);
    this.#shown = { ...UNTOUCHED, status, tone: status === 'passed' ? 'passed' : 'failed' };
    // What is new is said by the page's announcer, once.
    section.querySelector('[data-task-message]')?.removeAttribute('role');
  }

  /** Shows what has been passed before, where nothing newer is known. */
  refresh(): void {
    const untold = this.#shown.status === 'not-yet' && this.#shown.message === '' && !this.#checking;
    if (untold && this.#deps.passed(this.id))
      this.#show({ ...this.#shown, status: 'passed', tone: 'passed' });
  }

  /** A verdict that the learner of this page did not ask for: shown without ado, and told where it is news. */
  verdict(verdict: Verdict): void {
    // The check that the learner waits for is newer; only good news need not wait.
    if (this.#checking && verdict.status !== 'passed') this.#held = verdict;
    else this.#tell(afterVerdict(this.#shown, verdict));
  }

  /** What the server knows about the task; nothing is announced, since it is no news to the learner. */
  state(state: SandboxInfo['tasks'][number]): void {
    if (!this.#checking) this.#show(afterState(this.#shown, state));
  }

  /** The sandbox that the messages were about is no more. */
  forget(): void {
    const passed = this.#deps.passed(this.id);
    this.#show({ ...UNTOUCHED, status: passed ? 'passed' : 'not-yet', tone: passed ? 'passed' : 'failed' });
  }

  /** Says something in the task's message that is no verdict. */
  say(message: string): void {
    this.#show({ ...this.#shown, message, tone: 'error', waiting: false });
    announce(message);
  }

  /** Runs the check for the learner. Never rejects. */
  async check(button: HTMLButtonElement): Promise<void> {
    const obstacle = this.#deps.obstacle();
    if (obstacle !== undefined) return this.say(obstacle);
    if (this.#checking) return;
    const focused = document.activeElement === button;
    this.#checking = true;
    button.disabled = true;
    showStatus(this.#section, 'checking');
    try {
      const verdict = (await this.#deps.check(this.id)) ?? this.#held;
      if (verdict) this.#tell(afterVerdict(this.#shown, verdict), true);
      else this.say('The lab has ended. Start it again, then check.');
    } catch (error) {
      if (this.#held) this.#tell(afterVerdict(this.#shown, this.#held), true);
      else this.say(error instanceof CallError ? error.message : 'The page made a mistake.');
    } finally {
      this.#checking = false;
      this.#held = undefined;
      button.disabled = false;
      // A disabled button loses the focus; who checks by keyboard wants to check again.
      if (focused && document.activeElement === document.body) button.focus({ preventScroll: true });
    }
  }

  /** Unfolds the next hint. Never rejects. */
  async hint(button: HTMLButtonElement): Promise<void> {
    const asks = 'hintScript' in this.#section.dataset;
    this.#hints ??= new Hints(this.#section, button, {
      ask: asks ? () => this.#deps.hint(this.id) : undefined,
      unfolded: () => this.#deps.helped(this.id, 'hint'),
      say: (text) => this.say(text),
    });
    await this.#hints.press();
  }

  /** Shows the solution or hides it. */
  solution(button: HTMLButtonElement): void {
    const solution = this.#section.querySelector<HTMLElement>('[data-solution]');
    if (!solution) return;
    solution.hidden = !solution.hidden;
    button.textContent = solution.hidden ? 'Show solution' : 'Hide solution';
    button.setAttribute('aria-expanded', String(!solution.hidden));
    if (this.#solutionSeen) return;
    this.#solutionSeen = true;
    this.#deps.helped(this.id, 'solution');
  }

  /** Shows it; tells it where it is news, or where the learner waits for it. */
  #tell(shown: Shown, awaited = false): void {
    const news = awaited || isNews(this.#shown, shown);
    this.#show(shown);
    const title = this.#section.querySelector('h3')?.textContent.replace(/\s+/g, ' ').trim() ?? this.id;
    if (news) announce(spoken(title, shown));
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    showStatus(this.#section, shown.status);
    const message = this.#section.querySelector<HTMLElement>('[data-task-message]');
    if (!message) return;
    if (message.textContent !== shown.message) message.textContent = shown.message;
    if (message.dataset.tone !== shown.tone) message.dataset.tone = shown.tone;
    message.hidden = shown.message === '';
    showWaiting(message, shown.waiting);
  }
}

/** A quiet sign that nobody has to press anything; it goes when the server has stopped looking. */
function showWaiting(message: HTMLElement, waiting: boolean): void {
  const next = message.nextElementSibling;
  const sign = next instanceof HTMLElement && 'taskWaiting' in next.dataset ? next : undefined;
  if (!waiting) return sign?.remove();
  if (sign) return;
  const made = document.createElement('p');
  made.className = 'task-waiting';
  made.dataset.taskWaiting = '';
  made.textContent = 'Looking again by itself';
  message.after(made);
  setTimeout(() => made.remove(), WAITING_FOR);
}
