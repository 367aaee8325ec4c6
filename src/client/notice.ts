/** The notice over the terminal. Knows nothing about what it says. */
import type { Notice as Words } from './lab-words.ts';

/** The elements of `[data-terminal-notice]`. */
export class Notice {
  readonly #region: HTMLElement;
  readonly #root: HTMLElement | null;
  readonly #initial: { title: string; text: string };
  readonly #extend: () => void;
  #extendButton: HTMLButtonElement | undefined;

  /** `region` holds the notice; what it says from the start can be shown again. `extend` gives the lab more time. */
  constructor(region: HTMLElement, extend: () => void) {
    this.#extend = extend;
    this.#region = region;
    this.#root = region.querySelector<HTMLElement>('[data-terminal-notice]');
    this.#initial = { title: this.#text('title'), text: this.#text('text') };
  }

  /** Shows the words, what the page said at the beginning, or nothing. */
  show(words: Words | 'initial' | undefined): void {
    if (!this.#root) return;
    this.#root.hidden = words === undefined;
    this.#region.toggleAttribute('data-notice', words !== undefined);
    if (words === undefined) return;
    const all = words === 'initial' ? { ...this.#initial, progress: undefined, button: 'Start lab' } : words;
    this.#set('title', all.title);
    this.#set('text', all.text);
    this.#showProgress(all.progress);
    this.#offerTime('extend' in all && all.extend === true);
    const button = this.#root.querySelector<HTMLButtonElement>('button[data-action="start"]');
    if (!button) return;
    button.hidden = all.button === undefined;
    if (all.button !== undefined) button.textContent = all.button;
  }

  #offerTime(offered: boolean): void {
    if (offered && !this.#extendButton) {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'button button-primary';
      made.textContent = 'Stay longer';
      made.addEventListener('click', () => this.#extend());
      this.#root?.append(made);
      this.#extendButton = made;
    }
    if (this.#extendButton) this.#extendButton.hidden = !offered;
  }

  #showProgress(value: Words['progress']): void {
    const bar = this.#root?.querySelector<HTMLProgressElement>('progress[data-notice-progress]');
    if (!bar) return;
    bar.hidden = value === undefined;
    if (typeof value === 'number') {
      bar.max = 1;
      bar.value = value;
    } else bar.removeAttribute('value');
  }

  #text(part: string): string {
    return this.#part(part)?.textContent ?? '';
  }

  #set(part: string, text: string): void {
    const element = this.#part(part);
    if (!element) return;
    element.hidden = text === '';
    if (element.textContent !== text) element.textContent = text;
  }

  #part(part: string): HTMLElement | null | undefined {
    return this.#root?.querySelector<HTMLElement>(`[data-notice-${part}]`);
  }
}
