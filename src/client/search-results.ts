/** Makes the list of what was found: one group for each page, in it the page and its places. Knows no index. */
import type { Found, FoundPage, FoundPlace } from './search-index.ts';
import type { Piece } from './search-words.ts';

/** An option of the list: a link that the field's arrow keys move over. */
export type Option = HTMLAnchorElement;

/** The groups, ready to be put into the list. */
export function groupsOf({ pages }: Found): HTMLElement[] {
  let count = 0;
  const id = (): string => `search-option-${count++}`;
  return pages.map((page) => {
    const group = element('div', 'search-group');
    group.role = 'group';
    group.ariaLabel = page.title;
    group.append(pageOption(page, id()), ...page.places.map((place) => placeOption(place, id())));
    return group;
  });
}

/** What was found, in one sentence. */
export function countWords({ pages, total }: Found): string {
  if (total === 0) return 'Nothing found.';
  const more = total > pages.length ? ` The best ${pages.length} are shown.` : '';
  return `Found on ${total} ${total === 1 ? 'page' : 'pages'}.${more}`;
}

function pageOption(page: FoundPage, id: string): Option {
  const made = option(page, id, 'search-page');
  const kind = element('span', 'search-kind');
  kind.textContent = page.kind;
  made.firstElementChild?.append(kind);
  return made;
}

function placeOption(place: FoundPlace, id: string): Option {
  return option(place, id, 'search-place');
}

function option({ title, url, excerpt }: FoundPlace, id: string, className: string): Option {
  const made = element('a', `search-option ${className}`);
  made.href = url;
  made.id = id;
  made.role = 'option';
  made.tabIndex = -1;
  made.ariaSelected = 'false';
  const head = element('span', 'search-title');
  const name = element('span');
  name.textContent = title;
  head.append(name);
  made.append(head);
  if (excerpt.length > 0) made.append(marked(excerpt));
  return made;
}

function marked(pieces: readonly Piece[]): HTMLElement {
  const made = element('span', 'search-excerpt');
  for (const { text, marked } of pieces) {
    if (!marked) made.append(text);
    else {
      const mark = element('mark');
      mark.textContent = text;
      made.append(mark);
    }
  }
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  return made;
}
