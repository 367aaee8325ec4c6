/**
 * Makes a terminal's screen reader mode say each thing once. In xterm.js 6.0.0 what was announced stays behind in a
 * hidden element, so that a reader who walks through the screen meets everything twice (its issue #5382), and all of
 * it is announced again with each addition (#4339). Knows nothing about what the terminal shows.
 */

/** Milliseconds that something announced stays: longer than a screen reader needs to notice it, and no longer. */
const STAYS = 3000;

/** Watches the terminal's `element`, whose mode may be switched at any time, until the signal aborts. */
export function announceOnce(element: HTMLElement, signal: AbortSignal): void {
  const region = document.createElement('div');
  region.className = 'unseen';
  region.setAttribute('aria-live', 'polite');
  // Additions only: that something is taken away again is no news.
  region.setAttribute('aria-relevant', 'additions');
  let own: Element | null = null;
  let heard = '';

  const look = () => {
    const theirs = element.querySelector('.live-region');
    if (theirs !== own) take(theirs);
    const text = own?.textContent ?? '';
    if (text === heard) return;
    say(region, text.startsWith(heard) ? text.slice(heard.length) : text);
    heard = text;
  };
  const observer = new MutationObserver(look);
  const take = (theirs: Element | null) => {
    own = theirs;
    heard = '';
    if (!own) return region.remove();
    own.setAttribute('aria-live', 'off');
    own.setAttribute('aria-hidden', 'true');
    observer.observe(own, { childList: true });
    element.append(region);
  };
  observer.observe(element, { childList: true });
  look();
  signal.addEventListener('abort', () => {
    observer.disconnect();
    region.remove();
  });
}

function say(region: HTMLElement, text: string): void {
  if (text.trim() === '') return;
  const line = document.createElement('div');
  line.textContent = text.trim();
  region.append(line);
  setTimeout(() => line.remove(), STAYS);
}
