/** Which terminals each sandbox has, by name. Opens and ends none. */
import { DrydockError } from '../errors.ts';

/** The terminal that every sandbox has as long as it is there. */
export const MAIN = 'main';

/** Terminals of one sandbox. */
const MAX_TERMINALS = 6;

/** Which sandbox; one that is reset has another generation, and none of the terminals from before. */
export interface ListedSandbox {
  readonly id: string;
  readonly generation: number;
}

/** Kept in memory: after a restart of the server a sandbox has its main terminal only. */
export class TerminalList {
  readonly #further = new Map<string, { generation: number; names: string[] }>();

  /** The names, `main` first, then in the order in which they were added. */
  names(sandbox: ListedSandbox): string[] {
    return [MAIN, ...this.#furtherOf(sandbox)];
  }

  /** Adds a terminal and returns its name, one that is free where none is given. Throws `conflict` for a name that is
   * taken, and `busy` where there are as many as there may be. */
  add(sandbox: ListedSandbox, name?: string): string {
    const names = this.names(sandbox);
    if (name !== undefined && names.includes(name))
      throw new DrydockError('conflict', `The lab has a terminal "${name}" already.`);
    if (names.length >= MAX_TERMINALS)
      throw new DrydockError(
        'busy',
        `A lab has at most ${MAX_TERMINALS} terminals. Close one of them first.`,
      );
    let number = 2;
    while (names.includes(`shell-${number}`)) number++;
    const added = name ?? `shell-${number}`;
    const further = [...this.#furtherOf(sandbox), added];
    this.#further.set(sandbox.id, { generation: sandbox.generation, names: further });
    return added;
  }

  /** Takes a terminal off the list. Throws `conflict` for the main one and `not-found` for one that is not there. */
  remove(sandbox: ListedSandbox, name: string): void {
    if (name === MAIN) throw new DrydockError('conflict', 'The main terminal stays as long as the lab does.');
    this.mustHave(sandbox, name);
    const further = this.#furtherOf(sandbox).filter((one) => one !== name);
    this.#further.set(sandbox.id, { generation: sandbox.generation, names: further });
  }

  /** Throws `not-found` where the sandbox has no terminal of this name. */
  mustHave(sandbox: ListedSandbox, name: string): void {
    const names = this.names(sandbox);
    if (!names.includes(name))
      throw new DrydockError('not-found', `The lab has no terminal "${name}", only ${names.join(', ')}.`);
  }

  /** Forgets the further terminals of this generation of a sandbox. */
  forget({ id, generation }: ListedSandbox): void {
    if (this.#further.get(id)?.generation === generation) this.#further.delete(id);
  }

  #furtherOf({ id, generation }: ListedSandbox): readonly string[] {
    const known = this.#further.get(id);
    return known?.generation === generation ? known.names : [];
  }
}
