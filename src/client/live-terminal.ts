/**
 * The lab's terminal in the page: drawn, connected, with its bar, its keys and its menu. Loaded only when a learner
 * wants a terminal. Knows nothing about labs' states.
 */
import styles from '../styles/terminal.css?inline';
import { addStyles } from './style-sheet.ts';
import { writeClipboard } from './clipboard.ts';
import { TerminalBar } from './terminal-bar.ts';
import { terminalCommands } from './terminal-commands.ts';
import type { TerminalCommands } from './terminal-commands.ts';
import type { PageKey } from './terminal-keys.ts';
import { TerminalSession } from './terminal-session.ts';
import type { SessionHandlers } from './terminal-session.ts';
import { TerminalSettings } from './terminal-settings.ts';

/** Called by the terminal. */
export interface TerminalHandlers extends Omit<SessionHandlers, 'key' | 'titled' | 'bell'> {
  /** The learner wants to leave the terminal with the keyboard. */
  leave(): void;
  /** Something for the learner to know; one sentence. */
  note(words: string): void;
}

/** A terminal in the page, for one sandbox after the other. */
export interface LiveTerminal {
  /** Connects to the main terminal of the sandbox, and stays connected. Calling it again does no harm. */
  connect(sandbox: string): void;
  /** Keeps the screen, lets the connection go. */
  disconnect(): void;
  focus(): void;
  dispose(): void;
}

/** Opens a terminal that fills `screen`, which stands in the terminal's region. It shows nothing until `connect`. */
export async function openTerminal(screen: HTMLElement, handlers: TerminalHandlers): Promise<LiveTerminal> {
  const region = screen.closest<HTMLElement>('[data-terminal]') ?? screen;
  addStyles(styles);
  const settings = new TerminalSettings(matchMedia('(max-width: 640px)').matches ? 13 : 14);
  const bar = new TerminalBar(region, screen);
  const actions = { toMenu: () => bar.menuButton.click(), leave: () => handlers.leave() };
  const session: TerminalSession = await TerminalSession.open(screen, 'main', {
    settings,
    handlers: {
      ...handlers,
      key: (key) => act(key, commands, actions),
      titled: (title) => (bar.title = title),
      bell: () => bar.ring(),
    },
  });
  const commands = terminalCommands({
    active: () => session,
    settings,
    region,
    note: (words) => handlers.note(words),
  });
  bindMenu(bar.menuButton, commands, settings);
  bindPointer(session, settings, handlers);
  if (matchMedia('(pointer: coarse)').matches) {
    void import('./terminal-compose.ts').then(({ composeBar }) => composeBar(region, () => session));
  }
  return {
    connect: (sandbox) => session.connect(sandbox),
    disconnect: () => session.disconnect(),
    focus: () => session.view.focus(),
    dispose: () => session.dispose(),
  };
}

function act(key: PageKey, commands: TerminalCommands, to: { toMenu(): void; leave(): void }): void {
  if (key === 'leave') to.leave();
  else if (key === 'menu') to.toMenu();
  else if (key === 'copy') commands.copy();
  else if (key === 'find') commands.find();
  else if (key === 'listen') commands.toggle('listening');
  else if (key === 'bigger') commands.grow(1);
  else if (key === 'smaller') commands.grow(-1);
}

/** The menu's code comes with its first use. */
function bindMenu(button: HTMLButtonElement, commands: TerminalCommands, settings: TerminalSettings): void {
  const attach = async () => {
    const { attachMenu } = await import('./terminal-menu.ts');
    if (!button.popoverTargetElement) attachMenu(button, commands, settings);
  };
  button.addEventListener('click', () => {
    if (!button.popoverTargetElement) attach().catch(() => {});
  });
}

/** What a pointer does beyond what the emulator makes of it. */
function bindPointer(session: TerminalSession, settings: TerminalSettings, handlers: TerminalHandlers): void {
  const { mount, emulator } = session.view;
  const note = (words: string) => handlers.note(words);
  mount.addEventListener('mouseup', () => {
    const text = settings.isOn('copyOnSelect') ? emulator.getSelection() : '';
    if (text === '') return;
    void writeClipboard(text).then((copied) => copied || note('Your browser does not let this page copy.'));
  });
  mount.addEventListener(
    'pointerenter',
    () => void import('./terminal-links.ts').then(({ followLinks }) => followLinks(emulator, note)),
    { once: true },
  );
}
