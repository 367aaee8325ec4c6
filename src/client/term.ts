/** The box with the meaning of a word. It can be pointed at itself, and Escape closes it. Loaded at the first word. */
import css from '../styles/term.css?inline';
import { addStyles } from './style-sheet.ts';

/** Milliseconds that the pointer has to get from the word to the box. */
const GRACE = 200;

let box: HTMLElement | undefined;
let shown: HTMLElement | undefined;
let leaving: ReturnType<typeof setTimeout> | undefined;

/** Shows what the word means, until the pointer and the focus have left both. */
export function explain(term: HTMLElement): void {
  clearTimeout(leaving);
  if (shown === term) return;
  hide();
  const made = (box ??= makeBox());
  const words = document.createElement('p');
  words.textContent = term.dataset.term ?? '';
  const more = document.createElement('a');
  more.href = term.getAttribute('href') ?? '';
  more.textContent = 'In the glossary';
  // The word is a link itself: only who cannot hover needs another.
  made.replaceChildren(words, ...(matchMedia('(hover: none)').matches ? [more] : []));
  made.showPopover();
  place(made, term);
  term.setAttribute('aria-describedby', made.id);
  shown = term;
  for (const sign of ['pointerleave', 'blur']) term.addEventListener(sign, leaveSoon);
}

function makeBox(): HTMLElement {
  addStyles(css);
  const made = document.createElement('div');
  made.className = 'term-box';
  made.id = 'term-box';
  made.role = 'tooltip';
  made.popover = 'manual';
  made.addEventListener('pointerenter', () => clearTimeout(leaving));
  made.addEventListener('pointerleave', leaveSoon);
  // Within what it belongs to, for whoever moves from landmark to landmark.
  (document.querySelector('main') ?? document.body).append(made);
  addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
  addEventListener('scroll', hide, { capture: true, passive: true });
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !made.contains(target) && !shown?.contains(target)) hide();
  });
  return made;
}

/** Below the word, or above it where there is no room; never beyond the window. */
function place(made: HTMLElement, term: HTMLElement): void {
  const word = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const { width, height } = made.getBoundingClientRect();
  const below = word.bottom + 6 + height <= innerHeight - 8;
  made.style.left = `${Math.max(8, Math.min(word.left, document.documentElement.clientWidth - width - 8))}px`;
  made.style.top = `${below ? word.bottom + 6 : word.top - height - 6}px`;
}

function leaveSoon(): void {
  clearTimeout(leaving);
  leaving = setTimeout(() => document.activeElement !== shown && hide(), GRACE);
}

function hide(): void {
  clearTimeout(leaving);
  if (!shown) return;
  for (const sign of ['pointerleave', 'blur']) shown.removeEventListener(sign, leaveSoon);
  shown.removeAttribute('aria-describedby');
  shown = undefined;
  box?.hidePopover();
}
