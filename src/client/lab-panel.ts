/** Shows the lab in the page's lab pane: state, notice, buttons, time left. Decides nothing about the lab. */
import styles from '../styles/notice-slim.css?inline';
import { serverNow } from './api.ts';
import { confirmed } from './confirm.ts';
import { EXTEND_FROM, timeLeft } from './expiry.ts';
import type { Lab } from './lab.ts';
import type { LabState } from './lab-state.ts';
import { announcement, describe, describeExpiry } from './lab-words.ts';
import { Notice } from './notice.ts';
import { addStyles } from './style-sheet.ts';

/** Milliseconds between looks at the clock. */
const TICK = 10_000;

/** Milliseconds that a note stands in the lab bar: time to read a sentence twice. */
const NOTE_FOR = 8000;

const RESET = {
  title: 'Reset the lab?',
  text: 'You get a fresh sandbox. Everything in this one is deleted: files, installed packages, running programs. Passed tasks stay passed.',
  yes: 'Reset',
  no: 'Keep it',
};

const END = {
  title: 'End the lab?',
  text: 'The sandbox is deleted with everything in it. Passed tasks stay passed, and you can start a fresh lab at any time.',
  yes: 'End',
  no: 'Keep it',
};

/** The lab pane's elements, brought to life. */
export class LabPanel {
  readonly #pane: ParentNode;
  readonly #region: HTMLElement;
  readonly #notice: Notice;
  readonly #idleStatus: string;
  #state: LabState = { name: 'idle' };
  #status = '';
  #noted: ReturnType<typeof setTimeout> | undefined;
  /** Milliseconds, server's time. */
  #expiresAt: number | undefined;
  /** The end that was told ahead, in passing. */
  #foretold: number | undefined;
  #announced = '';
  #lab: Lab | undefined;

  /** `pane` holds the elements of the lab pane. Throws where the terminal's region is not among them. */
  constructor(pane: ParentNode) {
    const region = pane.querySelector<HTMLElement>('[data-terminal]');
    if (!region) throw new Error('expected [data-terminal] in the page, found none');
    this.#pane = pane;
    this.#region = region;
    this.#notice = new Notice(region, () => void this.#lab?.extend());
    addStyles(styles);
    this.#idleStatus = this.#find('[data-lab-status]')?.textContent ?? '';
    setInterval(() => this.#renderExpiry(), TICK);
  }

  /** Where the terminal is drawn. Throws where the page lacks it. */
  get screen(): HTMLElement {
    const screen = this.#region.querySelector<HTMLElement>('[data-terminal-screen]');
    if (!screen) throw new Error('expected [data-terminal-screen] in [data-terminal], found none');
    return screen;
  }

  /** Whether the reader has not gone elsewhere since pressing a button that is hidden or disabled by now. */
  mayTakeFocus(): boolean {
    const active = document.activeElement;
    return active === null || active === document.body || this.#region.contains(active);
  }

  /** Lets the pane's buttons act on the lab; `asked` is called when one of them starts or resets it. Call once. */
  wire(lab: Lab, asked: () => void): void {
    this.#lab = lab;
    this.#button('start')?.addEventListener('click', () => {
      asked();
      void lab.start();
    });
    this.#button('extend')?.addEventListener('click', () => void lab.extend());
    this.#button('reset')?.addEventListener('click', () => {
      void confirmed(RESET).then((yes) => {
        if (yes) asked();
        return yes ? lab.reset() : undefined;
      });
    });
    this.#button('end')?.addEventListener('click', () => {
      void confirmed(END).then((yes) => (yes ? lab.end() : undefined));
    });
    this.render(lab.state);
  }

  /** Shows the state. */
  render(state: LabState): void {
    this.#state = state;
    this.#region.dataset.state = state.name;
    // Styles far from the terminal ask the root: asking by `:has()` costs the whole page's styles at each echo.
    document.documentElement.dataset.labState = state.name;
    // No screen worth seeing, and none that a key should get into.
    this.screen.style.visibility = state.name === 'idle' || state.name === 'starting' ? 'hidden' : '';
    const words = describe(state);
    this.#status = words?.status ?? this.#idleStatus;
    if (this.#noted === undefined) this.#say(this.#status);
    this.#notice.show(state.name === 'idle' ? 'initial' : words?.notice);
    this.#announce(announcement(state));
    const running = state.name === 'ready' || state.name === 'reconnecting';
    this.#enable('reset', running);
    this.#enable('end', running || state.name === 'starting');
    this.#renderExpiry();
  }

  /** Says something in the lab bar for a while, in place of the state. */
  note(text: string): void {
    clearTimeout(this.#noted);
    this.#say(text);
    this.#announce(text);
    this.#noted = setTimeout(() => {
      this.#noted = undefined;
      this.#say(this.#status);
    }, NOTE_FOR);
  }

  /** Sets when the lab ends; ISO 8601. */
  set expiresAt(time: string) {
    this.#expiresAt = Date.parse(time);
    this.#renderExpiry();
  }

  #renderExpiry(): void {
    const running = this.#state.name === 'ready' || this.#state.name === 'reconnecting';
    const left = running && this.#expiresAt !== undefined ? this.#expiresAt - serverNow() : undefined;
    const expiry = this.#find('[data-lab-expiry]');
    const text = left === undefined ? '' : timeLeft(left);
    if (expiry && expiry.textContent !== text) expiry.textContent = text;
    if (expiry) expiry.hidden = text === '';
    const extend = this.#button('extend');
    const offered = left !== undefined && left <= EXTEND_FROM;
    if (extend) {
      extend.hidden = !offered;
      extend.disabled = !offered;
    }
    if (this.#state.name === 'ready') this.#foretell(offered ? left : undefined);
  }

  /** Tells the lab's end ahead: `left` milliseconds before it, undefined while it is far. */
  #foretell(left: number | undefined): void {
    const words = left === undefined || left <= 0 ? undefined : describeExpiry(left);
    this.#notice.show(words && 'notice' in words ? words.notice : undefined);
    if (!words) return;
    if ('notice' in words) {
      this.#announce(`${words.notice.title}. ${words.notice.text}`);
    } else if (this.#foretold !== this.#expiresAt) {
      this.#foretold = this.#expiresAt;
      this.note(words.passing);
    }
  }

  /** For screen readers: said once, when the reader is not busy. */
  #announce(text: string): void {
    if (text === '' || text === this.#announced) return;
    this.#announced = text;
    const region = this.#find('[data-lab-announcement]');
    if (region) region.textContent = text;
  }

  #say(text: string): void {
    const status = this.#find('[data-lab-status]');
    // Only what is new, or screen readers say it again.
    if (status && status.textContent !== text) status.textContent = text;
  }

  #enable(action: string, enabled: boolean): void {
    const button = this.#button(action);
    if (!button) return;
    button.disabled = !enabled;
    if (enabled) button.hidden = false;
  }

  #button(action: string): HTMLButtonElement | null {
    return this.#find(`button[data-action="${action}"]`) as HTMLButtonElement | null;
  }

  #find(selector: string): HTMLElement | null {
    return this.#pane.querySelector<HTMLElement>(selector);
  }
}
