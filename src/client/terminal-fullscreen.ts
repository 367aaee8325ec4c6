/** Gives the lab the whole screen, or the whole window where the screen cannot be had. */

interface LockingNavigator {
  /** Chromium's: gives the page keys that the browser would keep. */
  readonly keyboard?: { lock(codes: readonly string[]): Promise<void>; unlock(): void };
}

/** Keys that a shell or an editor needs and that a browser keeps for itself otherwise. */
const WANTED = ['Escape', 'KeyW', 'KeyT', 'KeyN'];

/** Enters or leaves. Never rejects. */
export async function toggleFullScreen(pane: HTMLElement): Promise<void> {
  const { keyboard } = navigator as LockingNavigator;
  if (document.fullscreenElement !== null) {
    keyboard?.unlock();
    return void document.exitFullscreen().catch(() => {});
  }
  if ('maximised' in pane.dataset) {
    delete pane.dataset.maximised;
    return;
  }
  // Without that lock Escape would leave the full screen rather than reach vim.
  if (keyboard && document.fullscreenEnabled) {
    try {
      await pane.requestFullscreen();
      await keyboard.lock(WANTED);
      return;
    } catch {
      // Refused, such as in a frame: the window it is.
      if (document.fullscreenElement !== null) return;
    }
  }
  pane.dataset.maximised = '';
}

/** Whether the lab has the screen or the window. */
export function isFullScreen(pane: HTMLElement): boolean {
  return document.fullscreenElement === pane || 'maximised' in pane.dataset;
}
