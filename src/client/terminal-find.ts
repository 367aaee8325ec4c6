/** Finds text in a terminal, scrollback included. Loaded when it is first wanted. */
import { SearchAddon } from '@xterm/addon-search';
import type { ISearchOptions } from '@xterm/addon-search';
import type { Terminal } from '@xterm/xterm';
import styles from '../styles/terminal-find.css?inline';
import { addStyles } from './style-sheet.ts';
import { icon } from './terminal-bar.ts';

/** Matches that are marked; beyond that only the one that is looked at. */
const MOST = 1000;

/** The add-on wants plain colours; these stand out on the terminal's background, which is dark in both themes. */
const OPTIONS: ISearchOptions = {
  decorations: {
    matchBackground: '#5b4a1c',
    activeMatchBackground: '#a4421d',
    matchOverviewRuler: '#e2b75b',
    activeMatchColorOverviewRuler: '#ec9468',
  },
};

const searches = new WeakMap<Terminal, SearchAddon>();
let open: { readonly terminal: Terminal; readonly field: HTMLInputElement; close(): void } | undefined;

/** Opens the search in the terminal's `region`, or takes the focus to it. What is selected is searched for. */
export function openFind(region: HTMLElement, terminal: Terminal): void {
  if (open?.terminal !== terminal) {
    open?.close();
    open = build(region, terminal);
  }
  const selected = terminal.getSelection();
  if (selected !== '' && !selected.includes('\n')) open.field.value = selected;
  open.field.focus();
  open.field.select();
  open.field.dispatchEvent(new Event('input'));
}

/** Closes a search that is open in another terminal than this one. */
export function closeFindExcept(terminal: Terminal): void {
  if (open && open.terminal !== terminal) open.close();
}

function build(region: HTMLElement, terminal: Terminal) {
  addStyles(styles);
  const search = searchOf(terminal);
  const bar = document.createElement('form');
  bar.className = 'terminal-find';
  bar.setAttribute('role', 'search');
  bar.setAttribute('aria-label', 'Find in the screen and above it');
  const field = document.createElement('input');
  field.type = 'text';
  field.placeholder = 'Find';
  field.spellcheck = false;
  field.autocomplete = 'off';
  field.setAttribute('autocapitalize', 'off');
  field.setAttribute('aria-label', 'Find');
  const count = document.createElement('output');

  // What was printed last is most often what is looked for: upwards from the end.
  const look = (up: boolean) => {
    if (field.value === '') search.clearDecorations();
    else if (up) search.findPrevious(field.value, OPTIONS);
    else search.findNext(field.value, OPTIONS);
    if (field.value === '') count.textContent = '';
  };
  const results = search.onDidChangeResults(({ resultIndex, resultCount }) => {
    count.textContent = field.value === '' ? '' : inWords(resultIndex, resultCount);
  });
  const close = () => {
    results.dispose();
    search.clearDecorations();
    bar.remove();
    open = undefined;
    terminal.focus();
  };
  const button = (label: string, path: string, run: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.title = label;
    made.setAttribute('aria-label', label);
    made.append(icon(path));
    made.addEventListener('click', run);
    return made;
  };
  bar.append(
    field,
    count,
    button('Previous match (Enter)', 'm4 10 4-4 4 4', () => look(true)),
    button('Next match (Shift Enter)', 'm4 6 4 4 4-4', () => look(false)),
    button('Close (Escape)', 'm4 4 8 8m0-8-8 8', close),
  );
  field.addEventListener('input', () => {
    terminal.clearSelection();
    look(true);
  });
  bar.addEventListener('submit', (event) => event.preventDefault());
  bar.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target === field) look(!event.shiftKey);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  region.append(bar);
  return { terminal, field, close };
}

function searchOf(terminal: Terminal): SearchAddon {
  let search = searches.get(terminal);
  if (!search) {
    search = new SearchAddon({ highlightLimit: MOST });
    terminal.loadAddon(search);
    searches.set(terminal, search);
  }
  return search;
}

function inWords(index: number, count: number): string {
  if (count === 0) return 'Not found';
  return index < 0 ? `More than ${MOST}` : `${index + 1} of ${count}`;
}
