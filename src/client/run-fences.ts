/**
 * Types commands of the page into the lab's terminal, once for each press of a button. What is under way when the
 * network drops is never sent again: the learner looks at the terminal and decides.
 */
import { announce } from './announcer.ts';
import { hush, sayAt } from './asking.ts';
import type { LabWatch } from './lab-watch.ts';
import { conflictOf, freshId, typeInto } from './lesson-api.ts';
import { conflictWords, failureWords, missingWords } from './run-words.ts';
import type { Values } from './values.ts';

/** Milliseconds that a button says that it has typed. */
const SAID_FOR = 2000;

/** Milliseconds that a command waits for its lab: the image may have to be built. */
const LONGEST_START = 10 * 60_000;

/** Looks at the prompt of a lab that has just started, and milliseconds between them. */
const PROMPTS = 10;
const PROMPT_AFTER = 500;

/** How a command is typed: also where the prompt is not free; how often it waits for the first prompt. */
interface Manner {
  readonly anyway: boolean;
  readonly patience: number;
}

/** What typing needs of the page. */
export interface RunDeps {
  readonly watch: LabWatch;
  readonly values: Values;
  /** The running sandbox. */
  sandbox(): string | undefined;
  /** The terminal that is shown. */
  terminal(): string;
  /** Starts the lab; resolves when it was asked for. Rejects where its code cannot be loaded. */
  startLab(): Promise<void>;
  /** Brings the terminal into sight. */
  reveal(): void;
}

/** A command to type. */
export interface Command {
  /** With `{{names}}`. */
  readonly text: string;
  /** What was pressed; it tells how it goes. */
  readonly button: HTMLButtonElement;
  /** Where something is said or asked. */
  readonly place: HTMLElement;
  /** Called once it was typed. */
  typed?(): void;
}

/** Types commands. */
export class RunPath {
  readonly #deps: RunDeps;
  /** What the buttons said at first. */
  readonly #labels = new WeakMap<HTMLButtonElement, string>();
  readonly #busy = new WeakSet<HTMLButtonElement>();

  constructor(deps: RunDeps) {
    this.#deps = deps;
  }

  /** Types the command, starting the lab where none runs. Never rejects: it says what went wrong. */
  run(command: Command): Promise<void> {
    hush(command.place);
    return this.#once(command, async () => {
      const fresh = this.#deps.watch.state.name !== 'ready';
      if (await this.#labReady(command))
        await this.#type(command, { anyway: false, patience: fresh ? PROMPTS : 0 });
    });
  }

  /** Does the work unless the button is at work already. */
  async #once({ button }: Command, work: () => Promise<void>): Promise<void> {
    if (this.#busy.has(button)) return;
    this.#busy.add(button);
    try {
      await work();
    } finally {
      this.#busy.delete(button);
      if (button.dataset.typed === undefined) this.#label(button);
    }
  }

  async #labReady(command: Command): Promise<boolean> {
    const { watch } = this.#deps;
    if (watch.state.name === 'reconnecting') {
      sayAt(command.place, { text: 'The terminal is not connected right now. Press again when it is back.' });
      return false;
    }
    if (watch.state.name !== 'ready' && !(await this.#started(command))) return false;
    this.#deps.reveal();
    return true;
  }

  /** Starts the lab and waits for it; false where there is nothing to wait for, which was said by then. */
  async #started({ button, place }: Command): Promise<boolean> {
    const { watch } = this.#deps;
    const cancelled = new AbortController();
    const cancel = { label: 'Cancel', chosen: () => cancelled.abort() };
    this.#label(button, 'Starting the lab');
    const text = 'Your lab is starting. This is typed as soon as it is ready.';
    sayAt(place, { text, choices: [cancel], urgent: false });
    try {
      if (watch.state.name !== 'starting') await this.#deps.startLab();
    } catch {
      sayAt(place, { text: 'The lab could not be loaded. Check your network, then press again.' });
      return false;
    }
    this.#deps.reveal();
    const ready = await watch.ready(AbortSignal.any([cancelled.signal, AbortSignal.timeout(LONGEST_START)]));
    if (cancelled.signal.aborted) return false;
    if (ready) hush(place);
    else sayAt(place, { text: 'The lab did not start, so nothing was typed.' });
    return ready;
  }

  async #type(command: Command, { anyway, patience }: Manner): Promise<void> {
    const { button, place } = command;
    const sandbox = this.#deps.sandbox();
    const filled = this.#deps.values.fill(command.text);
    if ('missing' in filled) {
      return sayAt(place, { text: missingWords(filled.missing, sandbox !== undefined) });
    }
    if (sandbox === undefined) return sayAt(place, { text: 'The lab has ended, so nothing was typed.' });
    this.#label(button, 'Typing');
    try {
      await typeInto(
        { sandbox, terminal: this.#deps.terminal() },
        { text: filled.text, id: freshId(), anyway },
      );
      this.#typed(button);
      command.typed?.();
    } catch (error) {
      const conflict = conflictOf(error);
      if (conflict?.reason === 'running' && patience > 0) {
        // Nothing was typed: the shell of a lab that has just started shows its prompt in a moment.
        await new Promise((resolve) => setTimeout(resolve, PROMPT_AFTER));
        return this.#type(command, { anyway, patience: patience - 1 });
      }
      if (!conflict || anyway) return sayAt(place, { text: failureWords(error) });
      const insist = {
        label: 'Type anyway',
        chosen: () => void this.#once(command, () => this.#type(command, { anyway: true, patience: 0 })),
      };
      sayAt(place, { ...conflictWords(conflict), choices: [insist, { label: 'Cancel', chosen: () => {} }] });
    }
  }

  #typed(button: HTMLButtonElement): void {
    this.#label(button, 'Typed');
    button.dataset.typed = '';
    announce('Typed into the terminal.');
    setTimeout(() => {
      delete button.dataset.typed;
      if (!this.#busy.has(button)) this.#label(button);
    }, SAID_FOR);
  }

  /** Lets the button say the words, or again what it said at first. */
  #label(button: HTMLButtonElement, words?: string): void {
    const first = this.#labels.get(button) ?? button.textContent;
    this.#labels.set(button, first);
    const text = words ?? first;
    if (button.textContent !== text) button.textContent = text;
  }
}

/** The command of a run fence's button; undefined where it stands in none. */
export function fenceCommand(button: HTMLButtonElement): Command | undefined {
  const place = button.closest<HTMLElement>('[data-run]');
  return place ? { text: place.dataset.run ?? '', button, place } : undefined;
}
