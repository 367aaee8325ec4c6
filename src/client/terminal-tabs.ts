/**
 * The tabs of a sandbox's terminals in the bar, and what stands below the screen of one whose shell has ended. Tabs are
 * there from two terminals on; the way to a new one always. Decides nothing.
 */
import styles from '../styles/terminal-tabs.css?inline';
import { addStyles } from './style-sheet.ts';
import { icon } from './terminal-bar.ts';
import { MAIN, tabAfter } from './terminal-names.ts';

const PLUS = 'M8 3.5v9M3.5 8h9';
const CROSS = 'm5 5 6 6m0-6-6 6';

/** What the tabs show. */
export interface TabsState {
  readonly names: readonly string[];
  readonly shown: string;
  /** The shell of the one that is shown has ended. */
  readonly exited: boolean;
}

/** Asked by the learner. */
export interface TabsHandlers {
  /** `focus`: whether the terminal should get the focus, rather than the tab keep it. */
  show(name: string, focus: boolean): void;
  add(): void;
  close(name: string): void;
  restart(): void;
}

/** The id of the element in which the terminal is drawn. */
export const panelId = (name: string): string => `terminal-${name}`;

/** The elements, in the terminal's bar and region. */
export class TerminalTabs {
  readonly #region: HTMLElement;
  readonly #handlers: TabsHandlers;
  readonly #list: HTMLElement;
  readonly #ended: HTMLElement;
  #state: TabsState = { names: [], shown: MAIN, exited: false };

  /** Puts the tabs at the beginning of `bar`, which stands in `region`. */
  constructor(region: HTMLElement, bar: HTMLElement, handlers: TabsHandlers) {
    addStyles(styles);
    this.#region = region;
    this.#handlers = handlers;
    this.#list = document.createElement('div');
    this.#list.className = 'terminal-tabs';
    this.#list.setAttribute('role', 'tablist');
    this.#list.setAttribute('aria-label', 'Terminals');
    this.#list.hidden = true;
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    const add = button('terminal-new', () => handlers.add());
    add.setAttribute('aria-label', 'New terminal');
    add.title = 'New terminal';
    add.append(icon(PLUS));
    bar.prepend(this.#list);
    bar.append(add);
    this.#ended = this.#buildEnded();
    region.append(this.#ended);
  }

  /** Shows the terminals as they are. */
  show(state: TabsState): void {
    const before = this.#state;
    this.#state = state;
    const focused = this.#list.contains(document.activeElement);
    if (before.names.join() !== state.names.join()) {
      this.#list.replaceChildren(...state.names.map((name) => this.#tab(name)));
    }
    this.#list.hidden = state.names.length < 2;
    for (const tab of this.#tabs()) {
      const selected = tab.dataset.name === state.shown;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected && focused) tab.focus();
      if (selected) this.#bringIntoSight(tab);
    }
    this.#ended.hidden = !state.exited;
    this.#region.toggleAttribute('data-exited', state.exited);
  }

  /** Scrolls the list, and never the page. */
  #bringIntoSight({ offsetLeft, offsetWidth }: HTMLElement): void {
    const { scrollLeft, clientWidth } = this.#list;
    const least = offsetLeft + offsetWidth - clientWidth;
    this.#list.scrollLeft = Math.min(offsetLeft, Math.max(least, scrollLeft));
  }

  #tabs(): HTMLButtonElement[] {
    return [...this.#list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
  }

  #tab(name: string): HTMLButtonElement {
    const tab = button('terminal-tab', () => this.#handlers.show(name, true));
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panelId(name));
    tab.dataset.name = name;
    tab.append(name);
    if (name === MAIN) return tab;
    // For a pointer only: a tab can hold no button of its own. The keyboard has Delete and the menu.
    const cross = document.createElement('span');
    cross.className = 'terminal-tab-close';
    cross.title = `Close ${name}`;
    cross.append(icon(CROSS));
    cross.addEventListener('click', (event) => {
      event.stopPropagation();
      this.#handlers.close(name);
    });
    tab.append(cross);
    tab.setAttribute('aria-keyshortcuts', 'Delete');
    tab.setAttribute('aria-label', name);
    return tab;
  }

  #key(event: KeyboardEvent): void {
    const { names, shown } = this.#state;
    const target = names[tabAfter(event.key, names.indexOf(shown), names.length) ?? -1];
    if (target !== undefined) this.#handlers.show(target, false);
    else if (event.key === 'Delete' && shown !== MAIN) this.#handlers.close(shown);
    else return;
    event.preventDefault();
  }

  #buildEnded(): HTMLElement {
    const row = document.createElement('div');
    row.className = 'terminal-exited';
    row.hidden = true;
    const words = document.createElement('p');
    words.textContent = 'This shell has ended.';
    const fresh = button('button button-primary', () => this.#handlers.restart());
    fresh.textContent = 'New shell';
    const close = button('button button-quiet', () => this.#handlers.close(this.#state.shown));
    close.textContent = 'Close';
    row.append(words, fresh, close);
    return row;
  }
}

function button(className: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.addEventListener('click', run);
  return made;
}
