/** Which keys the page keeps for itself in a terminal. All others go to the program. Pure. */

/** What the page does with its own keys. */
export type PageKey =
  'leave' | 'listen' | 'copy' | 'find' | 'bigger' | 'smaller' | 'menu' | 'add' | `show-${number}`;

/** Tells learners how to get out, since Escape and Tab belong to the program, and where the other keys are listed. */
export const KEYS_HINT =
  'Control, Shift and Enter leave the terminal. Control, Shift and L switch reading aloud by a screen reader on or off. Control, Shift and M open the menu with all keys.';

/** What matters for where a key goes. */
export interface KeySituation {
  /** Whether keys reach a program. */
  readonly live: boolean;
  readonly selected: boolean;
  /** A full-screen program such as vim has the screen. */
  readonly fullScreen: boolean;
}

/**
 * Where a key goes: `program`; `browser`, which then does what it does elsewhere; or the page, which does what is named.
 * The keys of the page are letters as the learner's layout has them.
 */
export function routeKey(event: KeyboardEvent, situation: KeySituation): PageKey | 'program' | 'browser' {
  // Without a program that could want it, Tab leads on in the page as everywhere.
  if (event.key === 'Tab' && !situation.live) return 'browser';
  if (!event.ctrlKey || event.altKey || event.metaKey) return 'program';
  const letter = letterOf(event);
  if (event.shiftKey) return withShift(event, letter);
  if (letter === 'c' && situation.selected) return 'copy';
  // Pasting is what it means to most people; vim and its like have a meaning of their own for it.
  if (letter === 'v' && !situation.fullScreen) return 'browser';
  return 'program';
}

const LETTERS: Readonly<Record<string, PageKey>> = { c: 'copy', f: 'find', l: 'listen', m: 'menu', t: 'add' };

function withShift(event: KeyboardEvent, letter: string): PageKey | 'program' | 'browser' {
  if (event.key === 'Enter') return 'leave';
  if (event.key === '>' || event.code === 'Period') return 'bigger';
  if (event.key === '<' || event.code === 'Comma') return 'smaller';
  // By place: what the digit keys write with Shift is another character in each layout.
  const digit = /^Digit([1-6])$/.exec(event.code)?.[1];
  if (digit !== undefined) return `show-${Number(digit)}`;
  return LETTERS[letter] ?? 'program';
}

/** The Latin letter on the key: as the layout has it, or by its place where the layout has none. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '';
}
