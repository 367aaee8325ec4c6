/** Keeps the field that takes the keys by the cursor, without a cost for each piece of output. */
import type { Terminal } from '@xterm/xterm';

/** Milliseconds that the cursor rests before the field follows it. */
const RESTS = 500;

interface Inside {
  readonly _core?: { _syncTextArea?: (() => void) | undefined };
}

/**
 * The emulator moves its field, by which an input method places its window, whenever the cursor has moved: then the
 * browser works out styles and layout twice for each echo, once for the field and once for the row. The field may follow
 * when the cursor rests; while something is composed, the emulator places it by itself.
 */
export function followAtRest(terminal: Terminal, signal: AbortSignal): void {
  const core = (terminal as unknown as Inside)._core;
  const follow = core?._syncTextArea?.bind(core);
  if (!core || !follow) return;
  let movedAt = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const wait = (left: number): void => {
    resting = setTimeout(() => {
      const still = movedAt + RESTS - performance.now();
      if (still > 0) return wait(still);
      resting = undefined;
      follow();
    }, left);
  };
  core._syncTextArea = () => {
    movedAt = performance.now();
    if (resting === undefined) wait(RESTS);
  };
  signal.addEventListener('abort', () => clearTimeout(resting));
}
