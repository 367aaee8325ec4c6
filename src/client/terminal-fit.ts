/**
 * Finds the size that a terminal's place has room for, and shows a terminal of another size as well as that room allows.
 * Knows no connection.
 */
import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';
import type { Size } from '../../protocol/messages.ts';
import { SIZE_LIMITS } from '../../protocol/wire.ts';
import { LEAST_SIZE } from './terminal-settings.ts';

/** Pixels by which the text is made smaller until the terminal fits. */
const STEP = 0.5;

/** One terminal and its place. */
export class TerminalFit {
  readonly #emulator: Terminal;
  readonly #mount: HTMLElement;
  readonly #textSize: () => number;
  readonly #fitting = new FitAddon();

  /** `textSize` is what the learner has chosen. */
  constructor(emulator: Terminal, mount: HTMLElement, textSize: () => number) {
    this.#emulator = emulator;
    this.#mount = mount;
    this.#textSize = textSize;
    emulator.loadAddon(this.#fitting);
  }

  /** The size that the place has room for at the learner's text size; undefined where it has no place. */
  measure(): Size | undefined {
    this.#setText(this.#textSize());
    const room = this.#room();
    if (!room) return undefined;
    const { minCols, maxCols, minRows, maxRows } = SIZE_LIMITS;
    return {
      cols: Math.min(maxCols, Math.max(minCols, room.cols)),
      rows: Math.min(maxRows, Math.max(minRows, room.rows)),
    };
  }

  /** Shows the terminal as it is: with smaller text where it is larger than its place, down to the smallest that can be
   * chosen; from there on its place scrolls. `wanted` is the size that it would have here. */
  show(wanted: Size | undefined): void {
    const { cols, rows } = this.#emulator;
    const isForeign = wanted !== undefined && (cols !== wanted.cols || rows !== wanted.rows);
    this.#mount.classList.toggle('terminal-mount-foreign', isForeign);
    // Styles that ask by `:has()` what is deep below are expensive while a terminal prints.
    if (!this.#mount.hidden) this.#mount.closest('.terminal')?.toggleAttribute('data-foreign', isForeign);
    this.#setText(this.#textSize());
    if (isForeign) this.#shrink();
  }

  #shrink(): void {
    const { cols, rows, buffer } = this.#emulator;
    let room = this.#room();
    if (!room) return;
    const part = Math.min(1, room.cols / cols, room.rows / rows);
    let text = Math.max(LEAST_SIZE, Math.ceil((this.#textSize() * part) / STEP) * STEP);
    for (; room && (room.cols < cols || room.rows < rows) && text >= LEAST_SIZE; text -= STEP) {
      this.#setText(text);
      room = this.#room();
    }
    const below = ((buffer.active.cursorY + 1) / rows) * this.#mount.scrollHeight;
    this.#mount.scrollTop = Math.max(0, below - this.#mount.clientHeight);
  }

  #setText(size: number): void {
    if (this.#emulator.options.fontSize !== size) this.#emulator.options.fontSize = size;
  }

  #room(): Size | undefined {
    // Hidden, or folded away on a phone.
    if (this.#mount.clientWidth === 0 || this.#mount.clientHeight === 0) return undefined;
    const room = this.#fitting.proposeDimensions();
    return room && !Number.isNaN(room.cols) && !Number.isNaN(room.rows) ? room : undefined;
  }
}
