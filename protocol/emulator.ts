/** Keeps the terminal emulator from failing on certain output; for its copy in the page and its copy on the server. */

/** The little that is needed of an xterm.js terminal, of the browser's as of the headless one. */
export interface GuardedEmulator {
  readonly cols: number;
  readonly rows: number;
  onResize(listener: () => void): { dispose(): void };
  readonly buffer: {
    readonly active: { readonly cursorX: number; readonly cursorY: number; readonly length: number };
  };
  readonly parser: {
    registerCsiHandler(
      id: { prefix?: string; final: string },
      callback: (params: (number | number[])[]) => boolean,
    ): { dispose(): void };
  };
}

interface InnerBuffer {
  readonly tabs: object;
  readonly lines: {
    readonly length: number;
    maxLength: number;
    get(y: number): { resize(cols: number, fill: unknown): void } | undefined;
  };
  getNullCell(): unknown;
}

interface Inside {
  readonly _core?: {
    readonly _bufferService?: {
      readonly buffers?: { readonly normal?: InnerBuffer; readonly alt?: InnerBuffer };
    };
    readonly _inputHandler?: { eraseInDisplay?(params: { params: number[] }, isSelective: boolean): boolean };
  };
}

/** Mends what xterm.js 6.0.0 does wrong. To be called once, before anything is written. */
export function guardEmulator(terminal: GuardedEmulator): void {
  guardErasing(terminal);
  guardResizing(terminal);
}

/**
 * A smaller size leaves nothing behind that a larger one would bring back, which no snapshot could hold: no tab stops to
 * the right, and in a full-screen program's screen neither cells there nor lines above, where it would scroll.
 */
function guardResizing(terminal: GuardedEmulator): void {
  terminal.onResize(() => {
    const { normal, alt } = (terminal as unknown as Inside)._core?._bufferService?.buffers ?? {};
    if (!normal || !alt) return;
    for (const { tabs } of [normal, alt])
      for (const stop in tabs) if (Number(stop) >= terminal.cols) Reflect.deleteProperty(tabs, stop);
    const { lines } = alt;
    if (lines.length === 0) lines.maxLength = terminal.rows;
    for (let y = 0; y < lines.length; y++) lines.get(y)?.resize(terminal.cols, alt.getNullCell());
  });
}

/**
 * "Erase to the cursor" in the bottom right corner throws, and a terminal that threw draws nothing more. There it means
 * the whole screen, which works.
 */
function guardErasing(terminal: GuardedEmulator): void {
  for (const prefix of [undefined, '?']) {
    const id = prefix === undefined ? { final: 'J' } : { prefix, final: 'J' };
    terminal.parser.registerCsiHandler(id, (params) => {
      const { cursorX, cursorY, length } = terminal.buffer.active;
      if (params[0] !== 1 || cursorX + 1 < terminal.cols || cursorY + 1 < length) return false;
      const inside = (terminal as unknown as Inside)._core?._inputHandler;
      inside?.eraseInDisplay?.({ params: [2] }, prefix === '?');
      return true;
    });
  }
}
