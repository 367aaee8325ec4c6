/**
 * A line to write commands in, and the keys that a phone's keyboard lacks. Keyboards on phones correct and complete as
 * they please, which a terminal's own input does not survive (xterm.js issue #3600); an ordinary text field does.
 */
import styles from '../styles/terminal-compose.css?inline';
import { followKeyboard } from './soft-keyboard.ts';
import { addStyles } from './style-sheet.ts';
import type { TerminalSession } from './terminal-session.ts';

/** Puts the line below the terminal in `region`. `active` gives the terminal that is shown. */
export function composeBar(region: HTMLElement, active: () => TerminalSession): void {
  addStyles(styles);
  const bar = document.createElement('form');
  bar.className = 'terminal-compose';
  bar.setAttribute('aria-label', 'Write to the terminal');
  const field = textField();
  const send = button('Send', 'Send', 'submit');
  send.classList.add('terminal-compose-send');
  const control = button('Ctrl', 'Ctrl with the next letter', 'button');
  control.setAttribute('aria-pressed', 'false');

  const type = (text: string): boolean => active().send(new TextEncoder().encode(text));
  const armed = () => control.getAttribute('aria-pressed') === 'true';
  const arm = (on: boolean) => control.setAttribute('aria-pressed', String(on));
  /** What was written so far goes first, so that the shell can complete it. */
  const complete = () => {
    if (type(`${field.value}\t`)) field.value = '';
  };
  const arrow = (letter: string) => () =>
    void type(`\x1b${active().view.emulator.modes.applicationCursorKeysMode ? 'O' : '['}${letter}`);

  const keys = document.createElement('div');
  keys.className = 'terminal-compose-keys';
  const add = (label: string, name: string, run: () => void) => {
    const made = button(label, name, 'button');
    made.addEventListener('click', run);
    keys.append(made);
  };
  control.addEventListener('click', () => arm(!armed()));
  keys.append(control);
  add('Esc', 'Esc', () => void type('\x1b'));
  add('Tab', 'Tab: complete', complete);
  add('←', 'Left', arrow('D'));
  add('↑', 'Up', arrow('A'));
  add('↓', 'Down', arrow('B'));
  add('→', 'Right', arrow('C'));

  field.addEventListener('beforeinput', (event) => {
    const letter = event.data ?? '';
    if (!armed() || !/^[a-z@[\\\]^_ ]$/i.test(letter)) return;
    event.preventDefault();
    arm(false);
    type(String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 0x1f));
  });
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    // What could not be sent stays where it was written.
    if (type(`${field.value}\r`)) field.value = '';
  });
  // A press must not take the focus from the field, or the phone's keyboard goes and comes.
  bar.addEventListener('pointerdown', (event) => event.target !== field && event.preventDefault());

  const line = document.createElement('div');
  line.className = 'terminal-compose-line';
  line.append(field, send);
  bar.append(keys, line);
  region.append(bar);
  takeTaps(region, field);
  followKeyboard();
}

/** Lets the terminal draw its cursor: the emulator draws none before it had the focus once, which it may never get here. */
export function showCursor({ view }: TerminalSession): void {
  // Told rather than done: the terminal may be hidden yet, and the page's focus is elsewhere.
  for (const event of ['focus', 'blur']) view.emulator.textarea?.dispatchEvent(new FocusEvent(event));
}

/** A tap on the screen leads to the line; the emulator's own field asks for no keyboard. */
function takeTaps(region: HTMLElement, field: HTMLInputElement): void {
  const screen = region.querySelector<HTMLElement>('[data-terminal-screen]');
  let byFinger = false;
  screen?.addEventListener('pointerdown', (event) => {
    byFinger = event.pointerType === 'touch';
    if (!byFinger) return;
    for (const own of screen.querySelectorAll('textarea')) own.setAttribute('inputmode', 'none');
  });
  screen?.addEventListener('click', () => byFinger && field.focus());
}

function textField(): HTMLInputElement {
  const field = document.createElement('input');
  field.type = 'text';
  field.placeholder = 'Command';
  field.enterKeyHint = 'send';
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('autocapitalize', 'off');
  field.setAttribute('autocorrect', 'off');
  field.setAttribute('aria-label', 'Command to send');
  return field;
}

function button(label: string, name: string, type: 'button' | 'submit'): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = type;
  made.textContent = label;
  made.setAttribute('aria-label', name);
  return made;
}
