/**
 * Draws a terminal and takes its keys. Loaded only when a learner wants a terminal, since it brings xterm along.
 * Knows nothing about where the bytes come from.
 */
import type { Terminal } from '@xterm/xterm';
import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import type { Size } from '../../protocol/messages.ts';
import { addStyles } from './style-sheet.ts';
import { blink } from './terminal-blink.ts';
import { TerminalFit } from './terminal-fit.ts';
import { loadFont } from './terminal-font.ts';
import { Frames } from './terminal-frames.ts';
import { KEYS_HINT, routeKey } from './terminal-keys.ts';
import type { PageKey } from './terminal-keys.ts';
import { announceOnce } from './terminal-listening.ts';
import { showMarks } from './terminal-marks.ts';
import { createEmulator } from './terminal-options.ts';
import { guardPaste } from './terminal-paste.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { followAtRest } from './terminal-textarea.ts';
import { onThemeChange, readTheme } from './terminal-theme.ts';

/** The characters that almost every line of a program has; its prompt may be bold. */
const COMMON = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index));
const SAMPLE = `${COMMON}\x1b[1m${COMMON}`;

/** Cancels whatever sequence is half read, then resets the terminal, in order with the bytes around it. */
const RESET = '\x18\x1bc';

/** Called by the view. */
export interface ViewHandlers {
  /** The learner typed or pasted. */
  input(data: Uint8Array): void;
  /** The terminal's place has been measured: it has room for this size, perhaps the same as before. */
  measured(size: Size): void;
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
  readonly #fit: TerminalFit;
  readonly #frames: Frames;
  readonly #handlers: ViewHandlers;
  readonly #ends: AbortController;
  #frame = 0;
  /** What the place has room for. */
  #room: Size;
  #held = false;
  #content: 'none' | 'sample' | 'output' = 'none';

  private constructor(
    emulator: Terminal,
    mount: HTMLElement,
    { handlers, ends, fit }: { handlers: ViewHandlers; ends: AbortController; fit: TerminalFit },
  ) {
    this.emulator = emulator;
    this.mount = mount;
    this.#handlers = handlers;
    this.#ends = ends;
    this.#fit = fit;
    this.#room = { cols: emulator.cols, rows: emulator.rows };
    this.#frames = new Frames(emulator);
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
    const fit = new TerminalFit(emulator, mount, () => settings.fontSize);
    emulator.open(mount);
    const view = new TerminalView(emulator, mount, { handlers, ends, fit });
    // A name that the page's styles may use as well, and xterm's own do not.
    emulator.element?.classList.remove('terminal');
    view.#measure();
    emulator.resize(view.size.cols, view.size.rows);
    view.#wire(screen, settings);
    font.late(ends.signal, (family) => {
      emulator.options.fontFamily = family;
      view.fit();
    });
    return view;
  }

  /** What its place has room for, in columns and rows, within the contract's limits. */
  get size(): Size {
    return this.#room;
  }

  /** Draws output after all that was given before; calls `drawn` when it is on the screen. */
  draw(data: Uint8Array, drawn: () => void): void {
    this.#content = 'output';
    this.#frames.took(data.length);
    this.emulator.write(data, drawn);
  }

  /** Replaces everything by the given screen of the given size; calls `drawn` when it is done. */
  replace(size: Size, data: string, drawn: () => void): void {
    this.resize(size);
    this.emulator.write(this.#content === 'none' ? data : RESET + data, drawn);
    this.#content = 'output';
  }

  /** Draws what nobody sees yet, so that the first screen is drawn faster: the emulator measures each character when it
   * first meets it. Does nothing once something has been drawn. */
  warmUp(): void {
    if (this.#content !== 'none') return;
    this.#content = 'sample';
    this.emulator.write(SAMPLE, () => {
      const drawn = this.emulator.onRender(() => {
        drawn.dispose();
        if (this.#content !== 'sample') return;
        this.emulator.reset();
        this.#content = 'none';
      });
    });
  }

  /** Takes the size that the terminal has on the server: that of the window in which was typed last. */
  resize({ cols, rows }: Size): void {
    this.emulator.resize(cols, rows);
    if (!this.#held) this.#fit.show(this.#room);
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

  /** Measures the terminal's place, once per frame at most, and reports what it has room for. */
  fit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.#held) return this.#showCursor();
      if (!this.#measure()) return;
      this.#handlers.measured(this.#room);
      this.#fit.show(this.#room);
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
    if (terminal.element) announceOnce(terminal.element, signal);
    showMarks(terminal);
    guardPaste(terminal, this.mount, signal);
    blink(terminal, this.mount, signal);
    followAtRest(terminal, signal);
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

  /** Returns whether there was something to measure. */
  #measure(): boolean {
    const room = this.#fit.measure();
    this.#room = room ?? this.#room;
    return room !== undefined;
  }
}
