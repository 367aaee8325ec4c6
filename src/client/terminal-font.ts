/** Loads the terminal's font before cells are measured with it. Knows nothing about terminals. */

/** Milliseconds to wait for the font: a prompt in another font beats none. */
const DEADLINE = 1500;

/** The font to measure with. */
export interface TerminalFont {
  readonly family: string;
  /** Calls the listener when the wanted font comes after all, unless it is there already or the signal aborts. */
  late(signal: AbortSignal, listener: (family: string) => void): void;
}

/** Loads what `--font-mono` names at the element; falls back to the system's font after a deadline. */
export async function loadFont(element: HTMLElement, size: number): Promise<TerminalFont> {
  const family = getComputedStyle(element).getPropertyValue('--font-mono').trim() || 'monospace';
  const loading = Promise.all(
    ['', 'bold '].map((weight) => document.fonts.load(`${weight}${size}px ${family}`)),
  ).then(
    () => true,
    () => false,
  );
  const inTime = await Promise.race([
    loading,
    new Promise<undefined>((resolve) => setTimeout(resolve, DEADLINE)),
  ]);
  if (inTime !== undefined) return { family, late: () => {} };
  return {
    family: 'monospace',
    late: (signal, listener) => {
      void loading.then((loaded) => loaded && !signal.aborted && listener(family));
    },
  };
}
