/** Remembers the newest of many ids. Knows nothing about what they name. */

/** How many are remembered. */
const KEPT = 100;

/** A set that forgets its oldest members. */
export class RecentIds {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= KEPT) return;
      this.#ids.delete(oldest);
    }
  }
}
