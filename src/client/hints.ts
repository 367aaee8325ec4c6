/** The hints of one task: what the lab's hint script says, then the written ones one by one. */
import { announce } from './announcer.ts';

/** What hints need of the page. */
export interface HintsDeps {
  /** Asks the hint script; undefined where no lab is ready. May reject: then the written hints must do. */
  readonly ask: (() => Promise<string | undefined>) | undefined;
  /** A hint was unfolded. */
  unfolded(): void;
  /** Says something in the task's message. */
  say(text: string): void;
}

/** Unfolds hints, one at each press. */
export class Hints {
  readonly #section: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #deps: HintsDeps;
  readonly #label: string;
  #asked = false;
  #asking = false;

  constructor(section: HTMLElement, button: HTMLButtonElement, deps: HintsDeps) {
    this.#section = section;
    this.#button = button;
    this.#deps = deps;
    this.#label = button.textContent.trim();
  }

  /** The learner wants a hint. Never rejects. */
  async press(): Promise<void> {
    if (this.#asking) return;
    const written = this.#folded()[0];
    // The script's hint comes first; once the written ones are used up it may know something new.
    if (this.#deps.ask && (!this.#asked || !written) && (await this.#askLab(this.#deps.ask))) return;
    if (written) {
      written.hidden = false;
      written.open = true;
      this.#unfolded(written);
    }
  }

  /** Whether that is all there is to say at this press. */
  async #askLab(ask: () => Promise<string | undefined>): Promise<boolean> {
    this.#asking = true;
    this.#button.textContent = 'Asking your lab';
    this.#button.setAttribute('aria-disabled', 'true');
    const answer = await ask().catch(() => '');
    this.#asking = false;
    this.#button.textContent = this.#label;
    this.#button.removeAttribute('aria-disabled');
    if (answer !== undefined) this.#asked = true;
    if (answer) return this.#fromLab(answer);
    if (this.#folded().length > 0) return false;
    this.#deps.say(
      answer === undefined
        ? 'Start the lab first: this hint looks into it.'
        : 'Your lab gives no further hint right now.',
    );
    return true;
  }

  #fromLab(words: string): true {
    const shown = this.#section.querySelector<HTMLElement>('[data-lab-hint]');
    const known = shown?.querySelector('.hint-words')?.textContent === words;
    const hint = shown ?? this.#labHint();
    const text = hint.querySelector('.hint-words');
    if (text) text.textContent = words;
    if (known) announce(`From your lab, as before: ${words}`);
    else this.#unfolded(hint);
    return true;
  }

  #labHint(): HTMLElement {
    const hint = document.createElement('div');
    hint.className = 'hint hint-lab';
    hint.dataset.labHint = '';
    for (const [className, text] of [
      ['hint-label', 'From your lab:'],
      ['hint-words', ''],
    ] as const) {
      const line = document.createElement('p');
      line.className = className;
      line.textContent = text;
      hint.append(line);
    }
    const next =
      this.#section.querySelector('[data-hint]') ?? this.#section.querySelector('[data-task-message]');
    next?.before(hint);
    return hint;
  }

  /** Takes the focus to the hint, since it may stand above the button. */
  #unfolded(hint: HTMLElement): void {
    hint.tabIndex = -1;
    hint.focus();
    const left = this.#folded().length;
    if (left === 0 && !this.#deps.ask) this.#button.hidden = true;
    // The button's name stays; how many are left is said after it.
    this.#button.setAttribute('aria-description', `${left} left`);
    this.#deps.unfolded();
  }

  #folded(): HTMLDetailsElement[] {
    return [...this.#section.querySelectorAll<HTMLDetailsElement>('[data-hint][hidden]')];
  }
}
