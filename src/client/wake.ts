/** Tells when it is worth trying again at once. Knows nothing about what is tried. */

/** Milliseconds out of sight after which a connection may be dead without anyone having noticed. */
const LONG_HIDDEN = 30_000;

/**
 * Calls the listener when the network comes or goes, or the page is looked at again; `slept` tells that connections may
 * have died unnoticed meanwhile. Returns the function that ends it.
 */
export function onWake(listener: (slept: boolean) => void): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let hiddenSince = document.hidden ? Date.now() : undefined;
  // Going offline is a reason to look, too: the browser tells, while a dead connection does not.
  for (const change of ['online', 'offline']) addEventListener(change, () => listener(true), { signal });
  addEventListener('pageshow', (event) => event.persisted && listener(true), { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) {
        hiddenSince = Date.now();
        return;
      }
      const slept = hiddenSince !== undefined && Date.now() - hiddenSince > LONG_HIDDEN;
      hiddenSince = undefined;
      listener(slept);
    },
    { signal },
  );
  return () => ends.abort();
}
