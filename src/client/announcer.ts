/** Says things to those who do not see the page: its one polite live region. Knows nothing about what is said. */

/** Milliseconds in which what is said is gathered into one announcement, so that nothing is cut off by the next. */
const GATHER = 150;

let region: HTMLElement | undefined;
let said: string[] = [];

/** Puts the empty region into the page: screen readers hear changes of a region that they know already. */
export function prepareAnnouncer(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement('div');
  region.className = 'unseen';
  region.dataset.announcer = '';
  region.setAttribute('aria-live', 'polite');
  document.body.append(region);
  return region;
}

/** Says the sentence when the reader pauses; saying the same once more is heard once more. */
export function announce(text: string): void {
  const place = prepareAnnouncer();
  said.push(text);
  if (said.length > 1) return;
  setTimeout(() => {
    const line = document.createElement('p');
    line.textContent = said.join(' ');
    said = [];
    place.replaceChildren(line);
  }, GATHER);
}
