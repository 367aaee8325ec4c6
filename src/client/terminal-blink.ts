/**
 * Lets the cursor blink by a timer. The emulator blinks by an animation, for which a browser prepares sixty frames a
 * second; an echo that comes between two of them waits for the next, while one that comes to a page at rest is drawn at
 * once. So there is none (terminal.css).
 */
import type { Terminal } from '@xterm/xterm';

/** Milliseconds that the cursor is seen, and that it is not. */
const HALF = 500;

/** Blinks while the terminal has the focus and the cursor rests, until aborted. */
export function blink(terminal: Terminal, mount: HTMLElement, signal: AbortSignal): void {
  const { textarea } = terminal;
  let timer: ReturnType<typeof setInterval> | undefined;
  const show = () => {
    // Only where it is another value: setting it draws the rows anew.
    if (mount.dataset.blink !== undefined) delete mount.dataset.blink;
  };
  let movedAt = 0;
  const flip = () => {
    if (performance.now() - movedAt < HALF) return;
    if (mount.dataset.blink === undefined) mount.dataset.blink = 'off';
    else show();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    show();
  };
  const start = () => {
    stop();
    timer = setInterval(flip, HALF);
  };
  const moved = terminal.onCursorMove(() => {
    movedAt = performance.now();
    show();
  });
  textarea?.addEventListener('focus', start, { signal });
  textarea?.addEventListener('blur', stop, { signal });
  if (document.activeElement === textarea) start();
  signal.addEventListener('abort', () => {
    moved.dispose();
    stop();
  });
}
