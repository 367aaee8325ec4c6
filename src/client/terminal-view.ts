/**
 * Draws a terminal and takes its keys. Loaded only when a learner wants a terminal, since it brings xterm along.
 * Knows nothing about where the bytes come from.
 */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import styles from '@xterm/xterm/css/xterm.css?inline';
import { guardEmulator } from '../../protocol/emulator.ts';
import type { Size } from '../../protocol/messages.ts';
import { SIZE_LIMITS } from '../../protocol/wire.ts';
import { recall, remember } from './memory.ts';
import { loadFont } from './terminal-font.ts';
import { KEYS_HINT, handleKey } from './terminal-keys.ts';
import type { KeyActions } from './terminal-keys.ts';
import { onThemeChange, readTheme } from './terminal-theme.ts';

/** Lines kept above the screen. */
const SCROLLBACK = 5000;

/** Whether screen reader support is on, remembered by this name: it costs speed, so it is off at first. */
const LISTENING = 'screen-reader';

/** Cancels whatever sequence is half read, then resets the terminal, in order with the bytes around it. */
const RESET = '\x18\x1bc';

/** Called by the view. */
export interface ViewHandlers extends Omit<KeyActions, 'listen'> {
  /** The learner typed or pasted. */
  input(data: Uint8Array): void;
  /** The learner's window asks for another size. */
  resized(size: Size): void;
}

/** A terminal in the page. */
export class TerminalView {
  readonly #terminal: Terminal;
  readonly #fitting = new FitAddon();
  readonly #handlers: ViewHandlers;
  readonly #mount: HTMLElement;
  readonly #ends = new AbortController();
  #frame = 0;
  /** The size is another viewer's. */
  #adopted = false;

  private constructor(terminal: Terminal, mount: HTMLElement, handlers: ViewHandlers) {
    this.#terminal = terminal;
    this.#mount = mount;
    this.#handlers = handlers;
    terminal.loadAddon(this.#fitting);
  }

  /** Opens a terminal that fills `screen`, with the page's fonts and colours; on return its `size` is right. */
  static async open(screen: HTMLElement, handlers: ViewHandlers): Promise<TerminalView> {
    const small = matchMedia('(max-width: 640px)').matches;
    const fontSize = small ? 13 : 14;
    const font = await loadFont(screen, fontSize);
    // A box of its own: the fit is measured on it, whatever padding the page gives to the screen.
    const mount = document.createElement('div');
    // Ligatures would draw two cells as one.
    mount.style.cssText = 'width: 100%; height: 100%; overflow: hidden; font-variant-ligatures: none';
    screen.replaceChildren(mount);
    addStyles();
    const terminal = new Terminal({
      fontFamily: font.family,
      fontSize,
      lineHeight: 1.2,
      scrollback: SCROLLBACK,
      theme: readTheme(screen),
      // For programs that choose colours of their own for the other theme.
      minimumContrastRatio: 4.5,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      macOptionIsMeta: true,
      // Addresses that a program hides behind a text lead nowhere.
      linkHandler: { activate: () => {} },
      logLevel: 'off',
      screenReaderMode: recall(LISTENING) === 'on',
    });
    guardEmulator(terminal);
    const view = new TerminalView(terminal, mount, handlers);
    terminal.open(mount);
    // A name that the page's styles may use as well, and xterm's own do not.
    terminal.element?.classList.remove('terminal');
    view.#fitNow();
    view.#wire(screen);
    font.late(view.#ends.signal, (family) => {
      terminal.options.fontFamily = family;
      view.fit();
    });
    return view;
  }

  /** The size that is drawn, in columns and rows, within the contract's limits. */
  get size(): Size {
    return { cols: this.#terminal.cols, rows: this.#terminal.rows };
  }

  /** Draws output after all that was given before; calls `drawn` when it is on the screen. */
  draw(data: Uint8Array, drawn: () => void): void {
    this.#terminal.write(data, drawn);
  }

  /** Replaces everything by the given screen of the given size; calls `drawn` when it is done. */
  replace(size: Size, data: string, drawn: () => void): void {
    this.#terminal.resize(size.cols, size.rows);
    this.#terminal.write(RESET + data, drawn);
  }

  /** Takes the size that another viewer gave to the terminal, until the learner works in this one again. */
  adoptSize({ cols, rows }: Size): void {
    this.#adopted = true;
    this.#terminal.resize(cols, rows);
  }

  /** Fits the terminal to its place, once per frame at most, and reports the size if it is another one. */
  fit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const before = this.size;
      this.#adopted = false;
      this.#fitNow();
      const { cols, rows } = this.size;
      if (cols !== before.cols || rows !== before.rows) this.#handlers.resized({ cols, rows });
    });
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Lets go of everything; the view must not be used afterwards. */
  dispose(): void {
    this.#ends.abort();
    cancelAnimationFrame(this.#frame);
    this.#terminal.dispose();
    this.#mount.remove();
  }

  #wire(screen: HTMLElement): void {
    const { signal } = this.#ends;
    const terminal = this.#terminal;
    const encoder = new TextEncoder();
    terminal.onData((text) => this.#handlers.input(encoder.encode(text)));
    terminal.onBinary((text) => this.#handlers.input(Uint8Array.from(text, (char) => char.charCodeAt(0))));
    const keys = { ...this.#handlers, listen: () => this.#switchListening() };
    terminal.attachCustomKeyEventHandler((event) => handleKey(event, terminal, keys));
    terminal.textarea?.setAttribute('aria-description', KEYS_HINT);
    // Whoever works in the terminal decides on its size, also after another viewer had a say.
    terminal.textarea?.addEventListener('focus', () => this.fit(), { signal });
    terminal.onKey(() => this.#adopted && this.fit());
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(this.#mount);
    const offTheme = onThemeChange(() => (terminal.options.theme = readTheme(screen)));
    signal.addEventListener('abort', () => {
      observer.disconnect();
      offTheme();
    });
  }

  #switchListening(): void {
    const on = !this.#terminal.options.screenReaderMode;
    this.#terminal.options.screenReaderMode = on;
    remember(LISTENING, on ? 'on' : null);
  }

  #fitNow(): void {
    const { clientWidth, clientHeight } = this.#mount;
    // Without a place (hidden, or folded away on a phone) there is no size to report.
    if (clientWidth === 0 || clientHeight === 0) return;
    const wanted = this.#fitting.proposeDimensions();
    if (!wanted || Number.isNaN(wanted.cols) || Number.isNaN(wanted.rows)) return;
    const { minCols, maxCols, minRows, maxRows } = SIZE_LIMITS;
    const cols = Math.min(maxCols, Math.max(minCols, wanted.cols));
    const rows = Math.min(maxRows, Math.max(minRows, wanted.rows));
    this.#terminal.resize(cols, rows);
  }
}

let styled = false;

/** Not as a style sheet of the page, which would be loaded before anyone wants a terminal. */
function addStyles(): void {
  if (styled) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
}
