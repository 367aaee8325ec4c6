/** The tasks on a lesson page: check, hints, solution. Knows nothing about how a check is run. */
import type { Verdict } from '../../protocol/api.ts';
import { CallError } from './api.ts';

/** What tasks need of the page. */
export interface TasksDeps {
  /** Whether this learner has passed the task before. */
  passed(task: string): boolean;
  /** What keeps a check from being run, in words; undefined: nothing does. */
  obstacle(): string | undefined;
  /** Runs the check; its verdict comes back through `verdict`. Rejects with `CallError`. */
  check(task: string): Promise<void>;
}

const STATUS = { 'not-yet': 'Not yet', checking: 'Checking', passed: 'Passed' } as const;

/** Said where a check has no words of its own. */
const DEFAULT_MESSAGE: Record<Verdict['status'], string> = {
  passed: 'Well done.',
  failed: 'Not done yet.',
  broken: 'This was done, and is undone now.',
  timeout: 'The check took too long. Try it again.',
  error: 'This check is faulty; it is not your fault.',
};

/** All tasks of the page. */
export class Tasks {
  readonly #tasks = new Map<string, TaskSection>();

  constructor(root: ParentNode, deps: TasksDeps) {
    for (const section of root.querySelectorAll<HTMLElement>('[data-task]')) {
      const id = section.dataset.task ?? '';
      this.#tasks.set(id, new TaskSection(section, id, deps));
    }
    this.refresh();
  }

  /** Shows a verdict, whoever asked for it. */
  verdict(task: string, verdict: Verdict): void {
    this.#tasks.get(task)?.verdict(verdict);
  }

  /** Shows what has been passed before. */
  refresh(): void {
    for (const task of this.#tasks.values()) task.refresh();
  }
}

class TaskSection {
  readonly #section: HTMLElement;
  readonly #id: string;
  readonly #deps: TasksDeps;
  /** A verdict of this page's time counts more than what was before. */
  #judged = false;

  constructor(section: HTMLElement, id: string, deps: TasksDeps) {
    this.#section = section;
    this.#id = id;
    this.#deps = deps;
    this.#button('check')?.addEventListener('click', () => void this.#check());
    wireHints(section);
    wireSolution(section);
  }

  refresh(): void {
    if (this.#section.dataset.status === 'not-yet' && !this.#judged && this.#deps.passed(this.#id)) {
      this.#status('passed');
    }
  }

  verdict(verdict: Verdict): void {
    this.#judged = true;
    this.#status(verdict.status === 'passed' ? 'passed' : 'not-yet');
    this.#message(verdict.message.trim() || DEFAULT_MESSAGE[verdict.status], verdict.status);
  }

  async #check(): Promise<void> {
    const obstacle = this.#deps.obstacle();
    if (obstacle !== undefined) return this.#message(obstacle, 'error');
    if (this.#section.dataset.status === 'checking') return;
    const button = this.#button('check');
    const focused = document.activeElement === button;
    const before = this.#section.dataset.status === 'passed' ? 'passed' : 'not-yet';
    this.#status('checking');
    this.#message('Looking at your lab.', undefined);
    if (button) button.disabled = true;
    try {
      await this.#deps.check(this.#id);
      // No verdict came: the lab went away in between.
      if (this.#is('checking')) this.#fail(before, 'The lab has ended. Start it again, then check.');
    } catch (error) {
      if (this.#is('checking'))
        this.#fail(before, error instanceof CallError ? error.message : String(error));
    } finally {
      if (button) button.disabled = false;
      // A disabled button loses the focus; who checks by keyboard wants to check again.
      if (focused && document.activeElement === document.body) button?.focus({ preventScroll: true });
    }
  }

  #is(status: keyof typeof STATUS): boolean {
    return this.#section.dataset.status === status;
  }

  #fail(status: 'not-yet' | 'passed', message: string): void {
    this.#status(status);
    this.#message(message, 'error');
  }

  #status(status: keyof typeof STATUS): void {
    this.#section.dataset.status = status;
    const element = this.#section.querySelector('[data-task-status]');
    if (element) element.textContent = STATUS[status];
  }

  #message(text: string, tone: Verdict['status'] | undefined): void {
    const element = this.#section.querySelector<HTMLElement>('[data-task-message]');
    if (!element) return;
    element.hidden = false;
    element.textContent = text;
    if (tone) element.dataset.tone = tone;
    else delete element.dataset.tone;
  }

  #button(action: string): HTMLButtonElement | null {
    return this.#section.querySelector<HTMLButtonElement>(`button[data-action="${action}"]`);
  }
}

/** Unfolds one hint at each press, and takes the focus to it, since it may stand above the button. */
function wireHints(section: HTMLElement): void {
  const button = section.querySelector<HTMLButtonElement>('button[data-action="hint"]');
  if (!button) return;
  const folded = () => [...section.querySelectorAll<HTMLElement>('[data-hint][hidden]')];
  const update = () => {
    const left = folded().length;
    button.hidden = left === 0;
    // Its name stays "Hint"; how many are left is said after it.
    button.setAttribute('aria-description', left === 1 ? '1 left' : `${left} left`);
  };
  button.addEventListener('click', () => {
    const hint = folded()[0];
    if (!hint) return;
    hint.hidden = false;
    hint.tabIndex = -1;
    hint.focus();
    update();
  });
  update();
}

function wireSolution(section: HTMLElement): void {
  const button = section.querySelector<HTMLButtonElement>('button[data-action="solution"]');
  const solution = section.querySelector<HTMLElement>('[data-solution]');
  if (!button || !solution) return;
  const update = () => {
    button.textContent = solution.hidden ? 'Show solution' : 'Hide solution';
    button.setAttribute('aria-expanded', String(!solution.hidden));
  };
  button.addEventListener('click', () => {
    solution.hidden = !solution.hidden;
    update();
  });
  update();
}
