/** Which of a sandbox's terminals is shown. Knows nothing about how. */

/** The terminal that every sandbox has as long as it is there. */
export const MAIN = 'main';

/** The terminal to show after the list has changed: the same, else the one that stood before it, else the main one. */
export function shownAfter(before: readonly string[], after: readonly string[], shown: string): string {
  if (after.includes(shown)) return shown;
  const earlier = before.slice(0, Math.max(0, before.indexOf(shown)));
  return earlier.findLast((name) => after.includes(name)) ?? MAIN;
}

/** The tab that a key leads to from the one at `index`; undefined where the key means something else. */
export function tabAfter(key: string, index: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: (index + count - 1) % count,
    ArrowRight: (index + 1) % count,
    Home: 0,
    End: count - 1,
  };
  return targets[key];
}

const keyOf = (sandbox: string) => `drydock.terminal.${sandbox}`;

/** The terminal of the sandbox that this tab of the browser has shown last. Never throws. */
export function rememberedTerminal(sandbox: string): string {
  try {
    return sessionStorage.getItem(keyOf(sandbox)) ?? MAIN;
  } catch {
    return MAIN;
  }
}

/** Remembers it over reloads. Storage may be forbidden or full: then it is not remembered. Never throws. */
export function rememberTerminal(sandbox: string, name: string): void {
  try {
    if (name === MAIN) sessionStorage.removeItem(keyOf(sandbox));
    else sessionStorage.setItem(keyOf(sandbox), name);
  } catch {
    // Nothing depends on it.
  }
}
