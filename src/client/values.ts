/** The learner's values in the text: shows them where they are known, and puts them into commands. */

/** `{{name}}` in a command, as in `VALUE_REFERENCE` of protocol/lesson.ts, which would bring a schema library along. */
const REFERENCE = /\{\{ ?([a-z][a-z0-9_]{0,30}) ?\}\}/g;

/** The command with its values, or the names of those that are not known. */
export type Filled = { readonly text: string } | { readonly missing: readonly string[] };

/** `text` with each `{{name}}` replaced by its value. Pure. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): Filled {
  const missing = new Set<string>();
  const filled = text.replace(REFERENCE, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing.add(name);
    return value ?? whole;
  });
  return missing.size > 0 ? { missing: [...missing] } : { text: filled };
}

/** The values of the page. */
export class Values {
  readonly #root: ParentNode;
  /** What stands in a place while its value is not known. */
  readonly #placeholders = new WeakMap<HTMLElement, { text: string; label: string | null }>();
  #known: Readonly<Record<string, string>> = {};

  /** `root` holds the places, `[data-value]`. */
  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** Shows the values, and the placeholders of those that are not among them. */
  set(known: Readonly<Record<string, string>>): void {
    this.#known = known;
    for (const place of this.#root.querySelectorAll<HTMLElement>('[data-value]')) this.#show(place);
  }

  /** The command with the values that are known. */
  fill(text: string): Filled {
    return fillIn(text, this.#known);
  }

  #show(place: HTMLElement): void {
    const name = place.dataset.value ?? '';
    const value = Object.hasOwn(this.#known, name) ? this.#known[name] : undefined;
    let placeholder = this.#placeholders.get(place);
    if (!placeholder) {
      placeholder = { text: place.textContent, label: place.getAttribute('aria-label') };
      this.#placeholders.set(place, placeholder);
    }
    const text = value ?? placeholder.text;
    if (place.textContent !== text) place.textContent = text;
    place.toggleAttribute('data-known', value !== undefined);
    // The label names the value, and would be heard in its place.
    if (value !== undefined) place.removeAttribute('aria-label');
    else if (placeholder.label !== null) place.setAttribute('aria-label', placeholder.label);
  }
}
