/** Bounds how many connections one sandbox may hold. Knows nothing about what they are. */
import { DrydockError } from '../errors.ts';
import type { Off } from '../sandbox/engine.ts';

export class Places {
  readonly #taken = new Map<string, number>();
  readonly #max: number;
  readonly #what: string;

  /** `what` names the connections in the refusal, such as `viewers of this lab`. */
  constructor(max: number, what: string) {
    this.#max = max;
    this.#what = what;
  }

  /** Takes a place; the returned function gives it back, once. Throws `busy` where all are taken. */
  take(key: string): Off {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.#max) {
      throw new DrydockError('busy', `There are ${taken} ${this.#what} already. Close another tab first.`);
    }
    this.#taken.set(key, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#giveBack(key);
    };
  }

  #giveBack(key: string): void {
    const left = (this.#taken.get(key) ?? 1) - 1;
    if (left > 0) this.#taken.set(key, left);
    else this.#taken.delete(key);
  }
}
