/** The bar above the terminal: its title, the bell, the way to the menu. Decides nothing. */

/** Milliseconds that a bell is seen, and in which a further one is not: a program may ring without end. */
const BELL = 600;

/** What stands there until a program gives itself a title. */
const NO_TITLE = 'Terminal';

/** Characters of a title that are shown; programs may send any length. */
const MOST_TITLE = 120;

const MENU_ICON = 'M3 8h.01M8 8h.01M13 8h.01';

/** The bar's elements, in the terminal's region. */
export class TerminalBar {
  readonly element: HTMLElement;
  readonly menuButton: HTMLButtonElement;
  readonly #title: HTMLElement;
  #ringing: ReturnType<typeof setTimeout> | undefined;
  readonly #region: HTMLElement;

  /** Puts the bar into `region`, before `screen`. */
  constructor(region: HTMLElement, screen: HTMLElement) {
    this.#region = region;
    this.element = document.createElement('div');
    this.element.className = 'terminal-bar';
    this.#title = document.createElement('span');
    this.#title.className = 'terminal-title';
    this.#title.textContent = NO_TITLE;
    this.#title.dataset.none = '';
    this.element.append(this.#title);
    this.menuButton = document.createElement('button');
    this.menuButton.type = 'button';
    this.menuButton.className = 'terminal-menu-button';
    this.menuButton.setAttribute('aria-label', 'Terminal menu');
    this.menuButton.setAttribute('aria-haspopup', 'true');
    this.menuButton.setAttribute('aria-expanded', 'false');
    this.menuButton.append(icon(MENU_ICON));
    region.insertBefore(this.element, screen);
    region.insertBefore(this.menuButton, screen);
  }

  /** Shows the title that the program gave itself. */
  set title(text: string) {
    // Programs may put anything there; what cannot be seen is left out.
    const shown = text.replaceAll(/\p{C}/gu, '').trim().slice(0, MOST_TITLE);
    this.#title.textContent = shown === '' ? NO_TITLE : shown;
    this.#title.title = shown;
    this.#title.toggleAttribute('data-none', shown === '');
  }

  /** Shows that the program rang. */
  ring(): void {
    if (this.#ringing !== undefined) return;
    this.#region.dataset.bell = '';
    this.#ringing = setTimeout(() => {
      this.#ringing = undefined;
      delete this.#region.dataset.bell;
    }, BELL);
  }
}

/** A drawing of 16 by 16 from the path. */
export function icon(path: string): SVGSVGElement {
  const NAME = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(NAME, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('width', '16');
  svg.setAttribute('height', '16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(NAME, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
