/** What the learner chose for terminals, remembered in this browser. Knows nothing about how it is shown. */
import { recall, remember } from './memory.ts';

/** Sizes of the text in CSS pixels. */
export const LEAST_SIZE = 9;
export const MOST_SIZE = 30;

/** Each choice that is on or off, by the name it is remembered by. All are off at first. */
const SWITCHES = {
  /** Text that is selected is copied. */
  copyOnSelect: 'copy-on-select',
  /** Support for screen readers: it costs speed. */
  listening: 'screen-reader',
  /** Option sends Escape first, on a Mac; off, it writes the characters that need it, such as @ or {. */
  optionIsMeta: 'option-is-meta',
} as const;

/** The name of a choice that is on or off. */
export type Switch = keyof typeof SWITCHES;

/** The choices, for all terminals of a page. */
export class TerminalSettings {
  readonly #usualSize: number;
  readonly #listeners = new Set<() => void>();

  /** `usualSize` is the text's size until the learner chooses one. */
  constructor(usualSize: number) {
    this.#usualSize = usualSize;
  }

  get fontSize(): number {
    return within(Number(recall('font-size')) || this.#usualSize);
  }

  set fontSize(pixels: number) {
    const size = within(pixels);
    remember('font-size', size === this.#usualSize ? null : String(size));
    this.#changed();
  }

  isOn(name: Switch): boolean {
    return recall(SWITCHES[name]) === 'on';
  }

  /** Turns the choice over. Returns whether it is on then. */
  toggle(name: Switch): boolean {
    const on = !this.isOn(name);
    remember(SWITCHES[name], on ? 'on' : null);
    this.#changed();
    return on;
  }

  /** Calls the listener after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function within(pixels: number): number {
  return Math.min(MOST_SIZE, Math.max(LEAST_SIZE, Math.round(pixels)));
}
