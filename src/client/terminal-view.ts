/**
 * Draws a terminal and takes its keys. Loaded only when a learner wants a terminal, since it brings xterm along.
 * Knows nothing about where the bytes come from.
 */
import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import type { Size } from '../../protocol/messages.ts';
import { SIZE_LIMITS } from '../../protocol/wire.ts';
import { addStyles } from './style-sheet.ts';
import { blink } from './terminal-blink.ts';
import { loadFont } from './terminal-font.ts';
import { KEYS_HINT, routeKey } from './terminal-keys.ts';
import type { PageKey } from './terminal-keys.ts';
import { announceOnce } from './terminal-listening.ts';
import { showMarks } from './terminal-marks.ts';
import { createEmulator } from './terminal-options.ts';
import { guardPaste } from './terminal-paste.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { onThemeChange, readTheme } from './terminal-theme.ts';

/** Cancels whatever sequence is half read, then resets the terminal, in order with the bytes around it. */
const RESET = '\x18\x1bc';

/** Called by the view. */
export interface ViewHandlers {
  /** The learner typed or pasted. */
  input(data: Uint8Array): void;
  /** The learner's window asks for another size. */
  resized(size: Size): void;
  /** Whether keys reach a program. */
  live(): boolean;
  /** A key that the page keeps for itself. */
  key(key: PageKey): void;
  /** The program gave itself a title; empty: none. */
  titled(title: string): void;
  /** The program rang. */
  bell(): void;
}

/** A terminal in the page. */
export class TerminalView {
  /** The emulator, for what is built upon it. */
  readonly emulator: Terminal;
  /** The box that the terminal fills. */
  readonly mount: HTMLElement;
  readonly #fitting = new FitAddon();
  readonly #handlers: ViewHandlers;
  readonly #ends: AbortController;
  #frame = 0;
  /** The size is another viewer's. */
  #adopted = false;
  #held = false;

  private constructor(
    emulator: Terminal,
    mount: HTMLElement,
    { handlers, ends }: { handlers: ViewHandlers; ends: AbortController },
  ) {
    this.emulator = emulator;
    this.mount = mount;
    this.#handlers = handlers;
    this.#ends = ends;
    emulator.loadAddon(this.#fitting);
  }

  /** Opens a terminal in a box of its own in `screen`; on return its `size` is right. */
  static async open(
    screen: HTMLElement,
    settings: TerminalSettings,
    handlers: ViewHandlers,
  ): Promise<TerminalView> {
    const font = await loadFont(screen, settings.fontSize);
    // A box of its own: the fit is measured on it, whatever padding the page gives to the screen.
    const mount = document.createElement('div');
    mount.className = 'terminal-mount';
    screen.append(mount);
    addStyles(xtermStyles);
    const ends = new AbortController();
    const emulator = createEmulator(screen, font.family, { settings, signal: ends.signal });
    const view = new TerminalView(emulator, mount, { handlers, ends });
    emulator.open(mount);
    // A name that the page's styles may use as well, and xterm's own do not.
    emulator.element?.classList.remove('terminal');
    view.#fitNow();
    view.#wire(screen, settings);
    font.late(ends.signal, (family) => {
      emulator.options.fontFamily = family;
      view.fit();
    });
    return view;
  }

  /** The size that is drawn, in columns and rows, within the contract's limits. */
  get size(): Size {
    return { cols: this.emulator.cols, rows: this.emulator.rows };
  }

  /** Draws output after all that was given before; calls `drawn` when it is on the screen. */
  draw(data: Uint8Array, drawn: () => void): void {
    this.emulator.write(data, drawn);
  }

  /** Replaces everything by the given screen of the given size; calls `drawn` when it is done. */
  replace(size: Size, data: string, drawn: () => void): void {
    this.emulator.resize(size.cols, size.rows);
    this.emulator.write(RESET + data, drawn);
  }

  /** Takes the size that another viewer gave to the terminal, until the learner works in this one again. */
  adoptSize({ cols, rows }: Size): void {
    this.#adopted = true;
    this.emulator.resize(cols, rows);
  }

  /**
   * Keeps the size as it is, whatever room is left: while nothing can be drawn anew, another size would cut lines off.
   * Its place shows the part with the cursor then, and can be scrolled. Ends with `release`.
   */
  hold(): void {
    // The emulator's own height: its place may have become smaller already.
    const height = this.emulator.element?.clientHeight ?? 0;
    if (this.#held || height === 0) return;
    this.#held = true;
    this.mount.style.height = `${height}px`;
    this.#showCursor();
  }

  /** Ends `hold` and fits the terminal to its place. */
  release(): void {
    this.#held = false;
    this.mount.style.height = '';
    this.fit();
  }

  /** Fits the terminal to its place, once per frame at most, and reports the size if it is another one. */
  fit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.#held) return this.#showCursor();
      const before = this.size;
      this.#adopted = false;
      this.#fitNow();
      const { cols, rows } = this.size;
      if (cols !== before.cols || rows !== before.rows) this.#handlers.resized({ cols, rows });
    });
  }

  focus(): void {
    this.emulator.focus();
  }

  /** Lets go of everything; the view must not be used afterwards. */
  dispose(): void {
    this.#ends.abort();
    cancelAnimationFrame(this.#frame);
    this.emulator.dispose();
    this.mount.remove();
  }

  #wire(screen: HTMLElement, settings: TerminalSettings): void {
    const { signal } = this.#ends;
    const terminal = this.emulator;
    const handlers = this.#handlers;
    const encoder = new TextEncoder();
    terminal.onData((text) => handlers.input(encoder.encode(text)));
    terminal.onBinary((text) => handlers.input(Uint8Array.from(text, (char) => char.charCodeAt(0))));
    terminal.onTitleChange((title) => handlers.titled(title));
    terminal.onBell(() => handlers.bell());
    terminal.attachCustomKeyEventHandler((event) => this.#takeKey(event));
    terminal.textarea?.setAttribute('aria-description', KEYS_HINT);
    // Whoever works in the terminal decides on its size, also after another viewer had a say.
    terminal.textarea?.addEventListener('focus', () => this.fit(), { signal });
    terminal.onKey(() => this.#adopted && this.fit());
    if (terminal.element) announceOnce(terminal.element, signal);
    showMarks(terminal);
    guardPaste(terminal, this.mount, signal);
    blink(terminal, this.mount, signal);
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(this.mount);
    observer.observe(screen);
    const offTheme = onThemeChange(() => (terminal.options.theme = readTheme(screen)));
    const offSettings = settings.onChange(() => this.fit());
    signal.addEventListener('abort', () => {
      observer.disconnect();
      offTheme();
      offSettings();
    });
  }

  /** Returns whether the emulator should handle the event. */
  #takeKey(event: KeyboardEvent): boolean {
    const route = routeKey(event, {
      live: this.#handlers.live(),
      selected: this.emulator.hasSelection(),
      fullScreen: this.emulator.buffer.active.type === 'alternate',
    });
    if (route === 'program') return true;
    if (route === 'browser') return false;
    event.preventDefault();
    if (event.type === 'keydown') this.#handlers.key(route);
    return false;
  }

  #showCursor(): void {
    const place = this.mount.parentElement;
    if (!place) return;
    const { cursorY } = this.emulator.buffer.active;
    const below = ((cursorY + 1) / this.emulator.rows) * this.mount.clientHeight;
    place.scrollTop = Math.max(0, below - place.clientHeight);
  }

  #fitNow(): void {
    const { clientWidth, clientHeight } = this.mount;
    // Without a place (hidden, or folded away on a phone) there is no size to report.
    if (clientWidth === 0 || clientHeight === 0) return;
    const wanted = this.#fitting.proposeDimensions();
    if (!wanted || Number.isNaN(wanted.cols) || Number.isNaN(wanted.rows)) return;
    const { minCols, maxCols, minRows, maxRows } = SIZE_LIMITS;
    const cols = Math.min(maxCols, Math.max(minCols, wanted.cols));
    const rows = Math.min(maxRows, Math.max(minRows, wanted.rows));
    this.emulator.resize(cols, rows);
  }
}
