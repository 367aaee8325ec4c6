/**
 * Tells the styles how much of the page a phone's keyboard covers. Android makes the page smaller instead, as the
 * viewport's `interactive-widget` asks; an iPhone lays its keyboard over the page.
 */

/** Pixels below which something else than a keyboard is at the window's edge, such as the browser's own bar. */
const LEAST = 80;

/** Keeps `data-keyboard` and `--keyboard` on the root element true. Call once. */
export function followKeyboard(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const root = document.documentElement;
  const look = () => {
    const { height, offsetTop, scale } = visualViewport;
    // Zoomed in, a part of the page is out of sight without a keyboard.
    const covered = scale > 1.05 ? 0 : innerHeight - height - offsetTop;
    root.toggleAttribute('data-keyboard', covered >= LEAST);
    root.style.setProperty('--keyboard', `${Math.max(0, Math.round(covered))}px`);
  };
  visualViewport.addEventListener('resize', look);
  visualViewport.addEventListener('scroll', look);
  look();
}
