/** Says or asks something beside what the learner pressed, without leaving the text. Knows nothing about what it is. */
import { announce } from './announcer.ts';

/** What is said; with choices, what is asked. */
export interface Saying {
  readonly text: string;
  /** Shown below in the font of code, such as what stands at the prompt. */
  readonly code?: string;
  readonly choices?: readonly Choice[];
  /** False for choices that may wait: then the focus stays where it is. */
  readonly urgent?: boolean;
}

export interface Choice {
  readonly label: string;
  /** Called when it is chosen; the question is gone by then. */
  chosen(): void;
}

/** Shows it at the end of `place`, in place of what was said there before; a question takes the focus. */
export function sayAt(place: HTMLElement, { text, code = '', choices = [], urgent = true }: Saying): void {
  hush(place);
  const before = document.activeElement;
  const box = document.createElement('div');
  box.className = 'saying';
  box.dataset.saying = '';
  box.append(paragraph('saying-text', text));
  if (code !== '') box.append(paragraph('saying-code', code));
  const end = (): void => {
    const focused = box.contains(document.activeElement);
    box.remove();
    if (focused && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  place.append(box);
  if (choices.length > 0) box.append(choiceButtons(choices, end));
  // The lab's sheet may lie over it.
  box.scrollIntoView({ block: 'nearest' });
  if (choices.length === 0 || !urgent) return announce(text);
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', `${text} ${code}`.trim());
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end();
    choices.at(-1)?.chosen();
  });
  // Not to a button: a key that is still pressed would choose.
  box.tabIndex = -1;
  box.focus({ preventScroll: true });
}

/** Takes away what was said there. */
export function hush(place: HTMLElement): void {
  place.querySelector('[data-saying]')?.remove();
}

function choiceButtons(choices: readonly Choice[], end: () => void): HTMLElement {
  const row = document.createElement('div');
  row.className = 'saying-choices';
  for (const choice of choices) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small';
    button.textContent = choice.label;
    button.addEventListener('click', () => {
      end();
      choice.chosen();
    });
    row.append(button);
  }
  return row;
}

function paragraph(className: string, text: string): HTMLElement {
  const made = document.createElement('p');
  made.className = className;
  made.textContent = text;
  return made;
}
