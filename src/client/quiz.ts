/** The quizzes on a lesson page: sends the answer, shows why it is right or wrong. The right answers are the server's. */
import type { Answer, QuizVerdict } from '../../protocol/quiz.ts';
import { announce } from './announcer.ts';
import { CallError } from './api.ts';
import { inlineNodes } from './inline-markdown.ts';
import { recall, remember } from './memory.ts';
import { showStatus, statusOf } from './task-status.ts';

/** What quizzes need of the page. */
export interface QuizDeps {
  readonly lesson: string;
  /** Whether this learner has passed the quiz before. */
  passed(quiz: string): boolean;
  /** Judges the answer. Rejects with `CallError`. */
  answer(quiz: string, answer: Answer): Promise<QuizVerdict>;
  /** The quiz was passed here. */
  solved(quiz: string): void;
}

/** What this browser keeps of a passed quiz, so that its explanation is there after a reload. */
interface Kept {
  readonly answer: Answer;
  readonly verdict: QuizVerdict;
}

/** One quiz of the page. */
export class QuizSection {
  readonly id: string;
  readonly #section: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #deps: QuizDeps;
  #busy = false;

  constructor(section: HTMLElement, form: HTMLFormElement, deps: QuizDeps) {
    this.id = section.dataset.task ?? '';
    this.#section = section;
    this.#form = form;
    this.#deps = deps;
    section.querySelector('[data-task-message]')?.removeAttribute('role');
    this.refresh();
  }

  /** Shows what has been passed before, with the answer where this browser gave it. */
  refresh(): void {
    if (statusOf(this.#section) === 'passed' && this.#locked) return;
    if (!this.#deps.passed(this.id)) return;
    showStatus(this.#section, 'passed');
    const kept = this.#kept();
    if (!kept) return;
    this.#fill(kept.answer);
    this.#lock(kept.verdict);
  }

  /** The learner answers. Never rejects. */
  async answer(): Promise<void> {
    if (this.#busy || this.#locked) return;
    const answer = this.#given();
    if (!answer) {
      const text = this.#form.dataset.quiz === 'text' ? 'Write an answer first.' : 'Choose an answer first.';
      return this.#say(text, 'error');
    }
    this.#busy = true;
    const button = this.#form.querySelector<HTMLButtonElement>('button[type="submit"]');
    button?.setAttribute('aria-disabled', 'true');
    try {
      this.#judged(answer, await this.#deps.answer(this.id, answer));
    } catch (error) {
      this.#say(error instanceof CallError ? error.message : 'The page made a mistake.', 'error');
    } finally {
      this.#busy = false;
      button?.removeAttribute('aria-disabled');
    }
  }

  #judged(answer: Answer, verdict: QuizVerdict): void {
    if (verdict.status === 'failed') {
      this.#explain(verdict);
      return this.#say(wrongWords(verdict), 'failed');
    }
    remember(this.#key, JSON.stringify({ answer, verdict } satisfies Kept));
    showStatus(this.#section, 'passed');
    this.#lock(verdict);
    this.#say('That is right.', 'passed');
    this.#deps.solved(this.id);
  }

  get #key(): string {
    return `quiz:${this.#deps.lesson}/${this.id}`;
  }

  get #locked(): boolean {
    return 'locked' in this.#section.dataset;
  }

  #given(): Answer | undefined {
    if (this.#form.dataset.quiz === 'text') {
      const text = this.#form.querySelector<HTMLInputElement>('input[type="text"]')?.value.trim() ?? '';
      return text === '' ? undefined : { text };
    }
    const chosen = this.#options().filter(({ checked }) => checked);
    return chosen.length === 0 ? undefined : { options: chosen.map(({ value }) => Number(value)) };
  }

  #fill(answer: Answer): void {
    const field = this.#form.querySelector<HTMLInputElement>('input[type="text"]');
    if ('text' in answer) {
      if (field) field.value = answer.text;
      return;
    }
    for (const option of this.#options()) option.checked = answer.options.includes(Number(option.value));
  }

  /** Each explanation beside its option; those of an earlier answer go. */
  #explain({ explanations }: QuizVerdict): void {
    const places = [...this.#form.querySelectorAll<HTMLElement>('[data-because]')];
    const options = this.#options().map(({ value }) => Number(value));
    places.forEach((place, index) => {
      const found = explanations.find(({ option }) => option === undefined || option === options[index]);
      place.hidden = found === undefined;
      place.replaceChildren(...(found ? inlineNodes(found.because) : []));
      if (found) place.dataset.correct = String(found.correct);
      else delete place.dataset.correct;
    });
  }

  #lock(verdict: QuizVerdict): void {
    this.#section.dataset.locked = '';
    this.#explain(verdict);
    // Still to be read and reached by keyboard, no longer to be changed.
    for (const input of this.#form.querySelectorAll('input')) {
      if (input.type === 'text') input.readOnly = true;
      else input.disabled = !input.checked;
      if (input.type === 'checkbox') input.addEventListener('click', (event) => event.preventDefault());
    }
    const button = this.#form.querySelector<HTMLButtonElement>('button[type="submit"]');
    if (!button) return;
    const focused = document.activeElement === button;
    (button.closest<HTMLElement>('.task-actions') ?? button).hidden = true;
    if (!focused) return;
    this.#section.tabIndex = -1;
    this.#section.focus({ preventScroll: true });
  }

  #say(text: string, tone: string): void {
    const message = this.#section.querySelector<HTMLElement>('[data-task-message]');
    if (message) {
      message.textContent = text;
      message.dataset.tone = tone;
      message.hidden = false;
    }
    const because = [...this.#form.querySelectorAll<HTMLElement>('[data-because]:not([hidden])')];
    announce([text, ...because.map((place) => place.textContent)].join(' '));
  }

  #options(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>('input:is([type="radio"], [type="checkbox"])')];
  }

  #kept(): Kept | undefined {
    try {
      const kept = JSON.parse(recall(this.#key) ?? 'null') as Partial<Kept> | null;
      return kept?.answer && Array.isArray(kept.verdict?.explanations) ? (kept as Kept) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** What is said of a wrong answer; its explanations stand beside the options. Pure. */
export function wrongWords({ explanations }: QuizVerdict): string {
  const right = explanations.filter(({ correct }) => correct).length;
  if (right === 0) return 'Not quite. Try again.';
  return right === explanations.length
    ? 'What you chose is right, but something is missing. Try again.'
    : 'Partly right. Try again.';
}
