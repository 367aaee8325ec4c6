/** Opens the search by its button, by `/` and by Ctrl+K. Its code is loaded when it is about to be needed. */

/** Makes the search of the page open. */
export function bindSearch(): void {
  const button = document.querySelector<HTMLElement>('[data-search]');
  if (!button) return;
  const load = () => import('./search.ts');
  const open = (): void => {
    load().then(
      ({ openSearch }) => openSearch(),
      // Without its code there is nothing to show it in; the next press tries again.
      () => {},
    );
  };
  button.addEventListener('click', open);
  for (const sign of ['pointerenter', 'focus']) {
    button.addEventListener(sign, () => void load().catch(() => {}));
  }
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || !asksForSearch(event)) return;
    event.preventDefault();
    open();
  });
}

/** A key that is meant for a terminal or a field is not for the search. */
function asksForSearch({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const inside = (places: string): boolean => target instanceof Element && target.closest(places) !== null;
  if (altKey || inside('[data-terminal-screen], dialog')) return false;
  if (ctrlKey || metaKey) return key === 'k';
  return key === '/' && !inside('input:not([type="radio"], [type="checkbox"]), textarea, select');
}
