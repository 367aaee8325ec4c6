/** What this browser remembers between pages. Storage may be forbidden or full: then nothing is remembered. */

/** The remembered value, or null. Never throws. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`drydock.${key}`);
  } catch {
    return null;
  }
}

/** Remembers `value`, or forgets it where it is null. Never throws. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`drydock.${key}`);
    else localStorage.setItem(`drydock.${key}`, value);
  } catch {
    // Nothing depends on it.
  }
}
