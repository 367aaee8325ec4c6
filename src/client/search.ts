/**
 * The search dialog: a field whose results are moved over by arrow keys and opened by Enter. Loaded when it is first
 * asked for; the index comes with it.
 */
import { findPages, openIndex } from './search-index.ts';
import { countWords, groupsOf, type Option } from './search-results.ts';
import { addStyles } from './style-sheet.ts';
import css from '../styles/search.css?inline';

/** Milliseconds without a key before a search begins, and before a slow one is told. */
const PAUSE = 120;
const SLOW = 400;

const MARKUP = `
<form class="search-head" role="search">
  <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true"><path d="M7 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6M10.6 10.6l3.2 3.2"/></svg>
  <input type="text" role="combobox" aria-label="Search the lessons" aria-autocomplete="list" aria-expanded="false"
    aria-controls="search-list" placeholder="Search the lessons" autocomplete="off" autocapitalize="off"
    spellcheck="false" enterkeyhint="search" maxlength="120" />
  <button class="button button-small button-quiet" type="button">Close</button>
</form>
<p class="unseen" role="status"></p>
<div class="search-body">
  <div class="search-note"><p class="search-note-title"></p><p class="search-note-text"></p></div>
  <div class="search-list" id="search-list" role="listbox" aria-label="Results" tabindex="-1"></div>
</div>
<p class="search-keys" aria-hidden="true"><span><kbd>↑</kbd> <kbd>↓</kbd> to choose</span><span><kbd>Enter</kbd> to open</span><span><kbd>Esc</kbd> to close</span></p>`;

/** What the dialog shows in place of results. */
interface Note {
  readonly state: 'empty' | 'loading' | 'none' | 'failed';
  readonly title: string;
  readonly text: string;
}

const EMPTY: Note = {
  state: 'empty',
  title: 'What are you looking for?',
  text: 'A command, an idea, the words of an error message: all lessons and the glossary are searched.',
};
const LOADING: Note = {
  state: 'loading',
  title: 'Searching',
  text: 'The index of the lessons is on its way.',
};
const FAILED: Note = import.meta.env.DEV
  ? {
      state: 'failed',
      title: 'There is no index here',
      text: 'It is made when the site is built: "npm run up" has a search.',
    }
  : {
      state: 'failed',
      title: 'The search did not answer',
      text: 'Press Enter to try again. If it stays so, the contents of each course stand on its page.',
    };

class SearchDialog {
  readonly #dialog = document.createElement('dialog');
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  #options: Option[] = [];
  #chosen = -1;
  /** Counts searches, so that a late answer to an old one is dropped. */
  #searches = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #searched = '';

  constructor() {
    addStyles(css);
    this.#dialog.className = 'search';
    this.#dialog.ariaLabel = 'Search';
    this.#dialog.innerHTML = MARKUP;
    this.#field = this.#dialog.querySelector('input') as HTMLInputElement;
    this.#list = this.#part('.search-list');
    this.#field.addEventListener('input', () => this.#searchSoon());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    this.#part('form').addEventListener('submit', (event) => event.preventDefault());
    this.#part('button').addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', ({ target }) => {
      // A click on the dialog itself is one beside what is in it. A link may lead to a place on this very page.
      const followed = target instanceof Element && target.closest('a') !== null;
      if (target === this.#dialog || followed) this.#dialog.close();
    });
    this.#list.addEventListener('pointermove', ({ target }) => {
      const option = target instanceof Element ? target.closest<Option>('.search-option') : null;
      if (option) this.#choose(this.#options.indexOf(option), false);
    });
    document.body.append(this.#dialog);
    this.#note(EMPTY);
  }

  /** Shows it, with the words that were looked for last. The browser takes the focus back when it is closed. */
  open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#field.focus();
    this.#field.select();
    openIndex().catch(() => {});
  }

  #searchSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#search(), PAUSE);
  }

  /** Never rejects. */
  async #search(): Promise<void> {
    const query = this.#field.value.trim();
    this.#searched = query;
    const search = ++this.#searches;
    const current = (): boolean => search === this.#searches;
    if (query === '') return this.#note(EMPTY);
    const slow = setTimeout(() => current() && this.#note(LOADING), SLOW);
    try {
      const found = await findPages(query);
      if (!current()) return;
      if (found.total === 0) return this.#note(nothing(query));
      this.#show(groupsOf(found), countWords(found));
    } catch {
      if (current()) this.#note(FAILED);
    } finally {
      clearTimeout(slow);
    }
  }

  #show(groups: readonly HTMLElement[], words: string): void {
    this.#dialog.dataset.state = 'found';
    this.#list.replaceChildren(...groups);
    this.#options = groups.flatMap((group) => [...group.querySelectorAll<Option>('.search-option')]);
    this.#field.ariaExpanded = 'true';
    this.#part('.search-body').scrollTop = 0;
    this.#choose(0);
    this.#say(words);
  }

  #note({ state, title, text }: Note): void {
    this.#dialog.dataset.state = state;
    this.#list.replaceChildren();
    this.#options = [];
    this.#field.ariaExpanded = 'false';
    this.#choose(-1);
    this.#part('.search-note-title').textContent = title;
    this.#part('.search-note-text').textContent = text;
    this.#say(state === 'empty' ? '' : title);
  }

  #choose(index: number, scroll = true): void {
    if (index === this.#chosen && this.#options[index]?.ariaSelected === 'true') return;
    for (const option of this.#options) option.ariaSelected = 'false';
    this.#chosen = index;
    const option = this.#options[index];
    if (!option) return this.#field.removeAttribute('aria-activedescendant');
    option.ariaSelected = 'true';
    this.#field.setAttribute('aria-activedescendant', option.id);
    if (scroll) option.scrollIntoView({ block: 'nearest' });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = this.#options.length - 1;
    if (event.key === 'Enter') {
      event.preventDefault();
      // Whoever is quicker than the pause means what stands in the field, not what was found before.
      if (this.#field.value.trim() !== this.#searched || this.#dialog.dataset.state === 'failed') {
        clearTimeout(this.#pause);
        return void this.#search();
      }
      return this.#options[this.#chosen]?.click();
    }
    const targets: Record<string, number> = {
      ArrowDown: this.#chosen === last ? 0 : this.#chosen + 1,
      ArrowUp: this.#chosen <= 0 ? last : this.#chosen - 1,
    };
    const target = targets[event.key];
    if (target === undefined || last < 0) return;
    event.preventDefault();
    this.#choose(target);
  }

  #say(words: string): void {
    this.#part('[role="status"]').textContent = words;
  }

  #part(selector: string): HTMLElement {
    return this.#dialog.querySelector(selector) as HTMLElement;
  }
}

function nothing(query: string): Note {
  return {
    state: 'none',
    title: `Nothing found for “${query}”`,
    text: 'Fewer words find more. Try the name of a command, or a single word of the message.',
  };
}

let dialog: SearchDialog | undefined;

/** Shows the search. */
export function openSearch(): void {
  dialog ??= new SearchDialog();
  dialog.open();
}
