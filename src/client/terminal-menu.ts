/** The terminal's menu: everything that can be done with it, with its keys. Loaded when it is first opened. */
import styles from '../styles/terminal-menu.css?inline';
import { addStyles } from './style-sheet.ts';
import type { TerminalCommands } from './terminal-commands.ts';
import type { Switch, TerminalSettings } from './terminal-settings.ts';

/** Space between the menu and the button or the window's edge, in CSS pixels. */
const GAP = 6;

/** Gives the button its menu and opens it. From then on the browser opens and closes it. Call once. */
export function attachMenu(
  button: HTMLButtonElement,
  commands: TerminalCommands,
  settings: TerminalSettings,
): void {
  addStyles(styles);
  const menu = document.createElement('div');
  menu.className = 'menu terminal-menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'group');
  menu.setAttribute('aria-label', 'Terminal menu');
  // Beside the button, so that Tab leads on from there.
  button.after(menu);
  button.popoverTargetElement = menu;
  menu.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') menu.replaceChildren(...contents(commands, settings, menu));
  });
  menu.addEventListener('toggle', (event) => {
    const opened = event.newState === 'open';
    button.setAttribute('aria-expanded', String(opened));
    if (!opened) return;
    place(menu, button);
    menu.querySelector('button')?.focus();
  });
  menu.addEventListener('keydown', (event) => move(menu, event));
  menu.showPopover();
}

function contents(commands: TerminalCommands, settings: TerminalSettings, menu: HTMLElement): HTMLElement[] {
  const item = (label: string, keys: string, run: () => void) =>
    entry(label, keys, () => {
      menu.hidePopover();
      run();
    });
  const choice = (label: string, keys: string, name: Switch) => {
    const made = entry(label, keys, () => {
      commands.toggle(name);
      made.setAttribute('aria-pressed', String(settings.isOn(name)));
    });
    made.setAttribute('aria-pressed', String(settings.isOn(name)));
    return made;
  };
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return [
    item('Copy', apple ? '⌘ C' : 'Ctrl Shift C', () => commands.copy()),
    item('Paste', apple ? '⌘ V' : 'Ctrl Shift V', () => commands.paste()),
    item('Select all', '', () => commands.selectAll()),
    item('Find', 'Ctrl Shift F', () => commands.find()),
    rule(),
    sizes(commands, settings),
    item('Full screen', '', () => commands.fullScreen()),
    rule(),
    item('New terminal', 'Ctrl Shift T', () => commands.add()),
    named(commands, menu),
    ...(commands.closable() ? [item('Close this terminal', '', () => commands.close())] : []),
    rule(),
    item('Clear', '', () => commands.clear()),
    item('Save as text', '', () => commands.download()),
    rule(),
    choice('Copy what is selected', '', 'copyOnSelect'),
    choice('Screen reader mode', 'Ctrl Shift L', 'listening'),
    ...(apple ? [choice('Option is the Meta key', '', 'optionIsMeta')] : []),
    hint(),
  ];
}

function entry(label: string, keys: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.append(label);
  if (keys !== '') {
    const shortcut = document.createElement('kbd');
    shortcut.textContent = keys;
    made.append(shortcut);
  }
  made.addEventListener('click', run);
  return made;
}

function sizes(commands: TerminalCommands, settings: TerminalSettings): HTMLElement {
  const row = document.createElement('div');
  row.className = 'terminal-menu-sizes';
  const value = document.createElement('output');
  const show = () => (value.textContent = String(settings.fontSize));
  const step = (label: string, sign: string, pixels: number) => {
    const made = entry(sign, '', () => {
      commands.grow(pixels);
      show();
    });
    made.setAttribute('aria-label', label);
    made.title = `${label} (Ctrl Shift ${pixels > 0 ? '>' : '<'})`;
    return made;
  };
  show();
  row.append('Text size', step('Smaller text', '−', -1), value, step('Larger text', '+', 1));
  return row;
}

/** A line to name a new terminal in. */
function named(commands: TerminalCommands, menu: HTMLElement): HTMLElement {
  const form = document.createElement('form');
  form.className = 'terminal-menu-name';
  const field = document.createElement('input');
  field.type = 'text';
  field.required = true;
  // As `createTerminalSchema` has it.
  field.pattern = '[a-z][a-z0-9\\-]{0,19}';
  field.title = 'A small letter, then small letters, digits and hyphens, 20 in all';
  field.placeholder = 'New terminal named …';
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.setAttribute('autocapitalize', 'off');
  field.setAttribute('aria-label', 'Name of a new terminal');
  const add = entry('Add', '', () => {});
  add.type = 'submit';
  form.append(field, add);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    menu.hidePopover();
    commands.add(field.value);
  });
  return form;
}

function rule(): HTMLElement {
  return document.createElement('hr');
}

function hint(): HTMLElement {
  const text = document.createElement('p');
  text.textContent =
    'Ctrl Shift Enter leaves the terminal; Ctrl Shift 1 to 6 show the first to the sixth. Most browsers keep Ctrl W and Ctrl Shift T for their own tabs, except in full screen.';
  return text;
}

/** Arrow keys lead through the entries, beside Tab. */
function move(menu: HTMLElement, event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...menu.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((at + step) % buttons.length)?.focus();
}

/** Below the button where there is room, else above it; never wider or higher than the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const below = innerHeight - at.bottom - 2 * GAP;
  const above = at.top - 2 * GAP;
  const wanted = menu.scrollHeight;
  const under = below >= Math.min(wanted, above);
  const right = `${Math.max(GAP, innerWidth - at.right)}px`;
  menu.style.maxHeight = `${under ? below : above}px`;
  menu.style.inset = under
    ? `${at.bottom + GAP}px ${right} auto auto`
    : `auto ${right} ${innerHeight - at.top + GAP}px auto`;
}
