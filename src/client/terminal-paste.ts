/** Asks before several lines are pasted to a program that runs each of them at once. */
import type { Terminal } from '@xterm/xterm';
import { confirmed } from './confirm.ts';
import { linesOf } from './terminal-text.ts';

/** Pastes as if by keyboard; asks first where lines would run one by one. */
export async function paste(terminal: Terminal, text: string): Promise<void> {
  if (isRisky(terminal, text)) {
    const yes = await confirmed({
      title: `Paste ${linesOf(text)} lines?`,
      text: 'The program in the terminal takes each line as it comes, as if you pressed Enter after it.',
      yes: 'Paste',
      no: 'Cancel',
    });
    if (!yes) return;
  }
  terminal.paste(text);
  terminal.focus();
}

/** Takes over what the browser would paste into the terminal in `mount`, until the signal aborts. */
export function guardPaste(terminal: Terminal, mount: HTMLElement, signal: AbortSignal): void {
  mount.addEventListener(
    'paste',
    (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isRisky(terminal, text)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void paste(terminal, text);
    },
    { capture: true, signal },
  );
}

/** A program with bracketed paste, such as bash, takes all lines as one text that the learner can still look at. */
function isRisky(terminal: Terminal, text: string): boolean {
  return !terminal.modes.bracketedPasteMode && linesOf(text) > 1;
}
