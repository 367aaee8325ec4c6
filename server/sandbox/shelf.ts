/**
 * Keeps the pool's sandboxes at hand and notices by itself when one ends, so that a claim need not ask the engine. Knows
 * nothing about how sandboxes start or who gets them.
 */
import type { Logger } from 'pino';
import { toDrydockError } from '../errors.ts';
import { backOff, pause, raced, within } from './deadline.ts';
import type { Off, Sandbox } from './engine.ts';

export interface ShelfDeps {
  readonly log: Logger;
  /** Gets each sandbox that has ended, or that does not answer a claim while its engine does. It is off the shelf. */
  gone(sandbox: Sandbox): void;
}

interface Item {
  readonly sandbox: Sandbox;
  /** Aborted once it is no longer the shelf's. */
  readonly left: AbortController;
  /** Ends listening for its end. While undefined the sandbox is a suspect: nobody would hear of it. */
  off: Off | undefined;
  /** Whether its shell has printed the prompt where nobody reads it any more. */
  blank: boolean;
  listening: Promise<void> | undefined;
  /** Whether listening is tried again and again in the background. */
  persisting: boolean;
}

const TERMINAL_TIMEOUT_MS = 3000;
const FIRST_PAUSE_MS = 1000;
const MOST_PAUSE_MS = 10_000;
/** Ctrl-L: the shell draws its prompt again. */
const DRAW_AGAIN = Uint8Array.of(0x0c);

export class Shelf {
  readonly #deps: ShelfDeps;
  readonly #items = new Map<string, Item[]>();

  constructor(deps: ShelfDeps) {
    this.#deps = deps;
  }

  /** Adds a usable sandbox, has it stand by for the files of a lesson, and listens for the end of its main shell from here on. `blank`: its prompt went to another
   * server and is asked for again. */
  put(sandbox: Sandbox, { blank = false } = {}): void {
    const item: Item = {
      sandbox,
      left: new AbortController(),
      off: undefined,
      blank,
      listening: undefined,
      persisting: false,
    };
    this.#of(sandbox.info.lab).push(item);
    void this.#persist(item);
    void sandbox.standBy();
  }

  /**
   * One of the lab, which is the caller's alone from here on; undefined where there is none. One whose terminal is
   * listened to is given without a question; a suspect, as after an outage of the engine, only once its terminal
   * answers. Rejects with `engine-unavailable` or the signal's reason while that cannot be told; the suspect stays.
   */
  async take(lab: string, signal: AbortSignal): Promise<Sandbox | undefined> {
    const items = this.#of(lab);
    for (;;) {
      const item = items.find(({ off }) => off !== undefined) ?? items[0];
      if (!item) return undefined;
      items.splice(items.indexOf(item), 1);
      if (item.off === undefined && !(await this.#isSound(item, signal))) continue;
      leave(item);
      return item.sandbox;
    }
  }

  count(lab: string): number {
    return this.#items.get(lab)?.length ?? 0;
  }

  /** Ends all listening. The sandboxes go on running. */
  close(): void {
    for (const item of [...this.#items.values()].flat()) leave(item);
    this.#items.clear();
  }

  async #isSound(item: Item, signal: AbortSignal): Promise<boolean> {
    try {
      await raced(this.#listen(item), signal);
    } catch (error) {
      if (signal.aborted || toDrydockError(error).code === 'engine-unavailable') {
        // Unless it was found dead meanwhile, or the shelf was closed.
        if (!item.left.signal.aborted) this.#of(item.sandbox.info.lab).unshift(item);
        throw error;
      }
      this.#drop(item);
    }
    return !item.left.signal.aborted;
  }

  /** Resolves when it is no suspect any more. */
  #listen(item: Item): Promise<void> {
    if (item.off) return Promise.resolve();
    item.listening ??= this.#subscribe(item).finally(() => (item.listening = undefined));
    return item.listening;
  }

  async #subscribe(item: Item): Promise<void> {
    const bound = { ms: TERMINAL_TIMEOUT_MS, what: 'Opening a terminal', signal: item.left.signal };
    const pty = await within(bound, () => item.sandbox.main());
    if (item.blank) pty.write(DRAW_AGAIN);
    item.blank = false;
    item.off = pty.onExit(({ lost }) => {
      item.off = undefined;
      if (!lost) return this.#drop(item);
      // An engine that goes away takes all terminals with it, yet the sandboxes may go on.
      item.blank = true;
      void this.#persist(item);
    });
  }

  /** Tries to listen until that succeeds, or the sandbox has ended or left. Never rejects. */
  async #persist(item: Item): Promise<void> {
    if (item.persisting) return;
    item.persisting = true;
    const { signal } = item.left;
    for (let failures = 1; item.off === undefined && !signal.aborted; failures++) {
      try {
        await this.#listen(item);
      } catch (error) {
        if (signal.aborted) break;
        if (toDrydockError(error).code === 'not-found') this.#drop(item);
        else {
          const { id } = item.sandbox.info;
          this.#deps.log.warn({ err: error, sandbox: id }, 'a warm sandbox does not answer; asking again');
          await pause(backOff(failures, FIRST_PAUSE_MS, MOST_PAUSE_MS), signal);
        }
      }
    }
    item.persisting = false;
  }

  /** Tells that it is gone, once. */
  #drop(item: Item): void {
    if (item.left.signal.aborted) return;
    const items = this.#of(item.sandbox.info.lab);
    const index = items.indexOf(item);
    if (index !== -1) items.splice(index, 1);
    leave(item);
    this.#deps.gone(item.sandbox);
  }

  #of(lab: string): Item[] {
    const items = this.#items.get(lab) ?? [];
    this.#items.set(lab, items);
    return items;
  }
}

function leave(item: Item): void {
  item.left.abort();
  item.off?.();
  item.off = undefined;
}
