/** Keeps the terminal emulator from failing on certain output; for its copy in the page and its copy on the server. */

/** The little that is needed of an xterm.js terminal, of the browser's as of the headless one. */
export interface GuardedEmulator {
  readonly cols: number;
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

interface EraseInside {
  readonly _core?: {
    readonly _inputHandler?: { eraseInDisplay?(params: { params: number[] }, isSelective: boolean): boolean };
  };
}

/**
 * "Erase to the cursor" in the bottom right corner makes xterm.js 6.0.0 throw, and a terminal that threw draws nothing
 * more. There it means the whole screen, which works. To be called once, before anything is written.
 */
export function guardEmulator(terminal: GuardedEmulator): void {
  for (const prefix of [undefined, '?']) {
    const id = prefix === undefined ? { final: 'J' } : { prefix, final: 'J' };
    terminal.parser.registerCsiHandler(id, (params) => {
      const { cursorX, cursorY, length } = terminal.buffer.active;
      if (params[0] !== 1 || cursorX + 1 < terminal.cols || cursorY + 1 < length) return false;
      const inside = (terminal as unknown as EraseInside)._core?._inputHandler;
      inside?.eraseInDisplay?.({ params: [2] }, prefix === '?');
      return true;
    });
  }
}
