/** The keys that the page keeps for itself in a terminal: copy, leave, read aloud. All others go to the program. */

import { writeClipboard } from './clipboard.ts';

/** What a terminal must offer for copying. */
export interface Selectable {
  getSelection(): string;
}

/** Tells learners how to get out, since Escape and Tab belong to the program, and how to hear what it writes. */
export const KEYS_HINT =
  'Control, Shift and Enter leave the terminal. Control, Shift and L switch reading aloud by a screen reader on or off.';

/** What the page does with its own keys. */
export interface KeyActions {
  /** Whether keys reach a program. */
  readonly live: () => boolean;
  readonly leave: () => void;
  /** Switches screen reader support on or off. */
  readonly listen: () => void;
}

/** Acts on the page's own keys. Returns whether the terminal should handle the event. */
export function handleKey(event: KeyboardEvent, terminal: Selectable, actions: KeyActions): boolean {
  // Without a program that could want it, Tab leads on in the page as everywhere.
  if (event.key === 'Tab' && !actions.live()) return false;
  if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return true;
  const action = event.key === 'Enter' ? actions.leave : event.code === 'KeyL' ? actions.listen : undefined;
  if (action) {
    event.preventDefault();
    if (event.type === 'keydown') action();
    return false;
  }
  // As in terminals of the desktop. Cmd+C and pasting are the browser's own.
  if (event.code === 'KeyC') {
    event.preventDefault();
    const selection = terminal.getSelection();
    if (event.type === 'keydown' && selection !== '') void writeClipboard(selection);
    return false;
  }
  return true;
}
