/**
 * The lab's terminals in the page: drawn, connected, with their bar, tabs, keys and menu. Loaded only when a learner
 * wants a terminal. Knows nothing about labs' states.
 */
import type { SandboxInfo } from '../../protocol/api.ts';
import styles from '../styles/terminal.css?inline';
import { addStyles } from './style-sheet.ts';
import { writeClipboard } from './clipboard.ts';
import { TerminalBar } from './terminal-bar.ts';
import { terminalCommands } from './terminal-commands.ts';
import type { TerminalCommands } from './terminal-commands.ts';
import type { PageKey } from './terminal-keys.ts';
import { TerminalSession } from './terminal-session.ts';
import { TerminalSet } from './terminal-set.ts';
import type { OpenSession, SetHandlers } from './terminal-set.ts';
import { TerminalSettings } from './terminal-settings.ts';
import { TerminalTabs, panelId } from './terminal-tabs.ts';

/** Called by the terminal. */
export interface TerminalHandlers extends Omit<SetHandlers, 'changed'> {
  /** The learner wants to leave the terminal with the keyboard. */
  leave(): void;
}

/** A sandbox and the names of its terminals. */
export type TerminalsOf = Pick<SandboxInfo, 'id' | 'terminals'>;

/** The terminals in the page, for one sandbox after the other. */
export interface LiveTerminal {
  /** The name of the terminal in sight. */
  readonly shown: string;
  /** Makes itself ready to draw fast, for a learner who is about to start the lab. */
  warmUp(): void;
  /** Connects to the sandbox's terminals, and stays connected; called again when there are others. */
  connect(sandbox: TerminalsOf): void;
  /** Keeps the screens, lets the connections go. */
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
  const titles = new Map<string, string>();
  const shown = (name: string): boolean => name === set.active.name;
  const open: OpenSession = async (name, theirs) => {
    const session = await TerminalSession.open(screen, name, {
      settings,
      handlers: {
        ...theirs,
        key: (key) => act(key, commands, actions),
        titled: (title) => {
          titles.set(name, title);
          if (shown(name)) bar.title = title;
        },
        bell: () => shown(name) && bar.ring(),
      },
    });
    session.view.mount.id = panelId(name);
    bindPointer(session, settings, handlers);
    if (byFinger()) void import('./terminal-compose.ts').then(({ showCursor }) => showCursor(session));
    return session;
  };
  const changed = (): void => {
    bar.title = titles.get(set.active.name) ?? '';
    showTabs(region, tabs, set);
  };
  const set: TerminalSet = await TerminalSet.open(open, { ...handlers, changed });
  const tabs: TerminalTabs = new TerminalTabs(region, bar.element, {
    show: (name, focus) => void set.show(name, focus),
    add: () => void set.add(),
    close: (name) => void set.close(name),
    restart: () => set.restart(),
  });
  changed();
  const actions = {
    toMenu: () => bar.menuButton.click(),
    leave: () => handlers.leave(),
    toNumber: (number: number) => void set.show(set.names[number - 1] ?? set.active.name),
  };
  const commands = terminalCommands({ set: () => set, settings, region, note: handlers.note });
  bindMenu(bar.menuButton, commands, settings);
  if (byFinger()) {
    void import('./terminal-compose.ts').then(({ composeBar }) => composeBar(region, () => set.active));
  }
  return {
    get shown() {
      return set.active.name;
    },
    warmUp: () => set.active.view.warmUp(),
    connect: ({ id, terminals }) => set.connect(id, terminals),
    disconnect: () => set.disconnect(),
    focus: () => set.active.view.focus(),
    dispose: () => set.dispose(),
  };
}

const byFinger = (): boolean => matchMedia('(pointer: coarse)').matches;

/** Shows which terminals there are, to the eye and to assistive technology. */
function showTabs(region: HTMLElement, tabs: TerminalTabs, set: TerminalSet): void {
  const { names, active, exited } = set;
  tabs.show({ names, shown: active.name, exited });
  const { mount } = active.view;
  if (names.length > 1) {
    mount.setAttribute('role', 'tabpanel');
    mount.setAttribute('aria-label', active.name);
  } else {
    mount.removeAttribute('role');
    mount.removeAttribute('aria-label');
  }
  // What was searched for was searched for in the terminal that was in sight before.
  if (region.querySelector('.terminal-find')) {
    void import('./terminal-find.ts').then(({ closeFindExcept }) => closeFindExcept(active.view.emulator));
  }
}

/** What keys do that is no command of the terminal in sight. */
interface KeyActions {
  toMenu(): void;
  leave(): void;
  /** Shows the terminal of that place, the first is 1. */
  toNumber(number: number): void;
}

function act(key: PageKey, commands: TerminalCommands, to: KeyActions): void {
  if (key === 'leave') to.leave();
  else if (key === 'menu') to.toMenu();
  else if (key === 'copy') commands.copy();
  else if (key === 'find') commands.find();
  else if (key === 'listen') commands.toggle('listening');
  else if (key === 'bigger') commands.grow(1);
  else if (key === 'smaller') commands.grow(-1);
  else if (key === 'add') commands.add();
  else to.toNumber(Number(key.slice('show-'.length)));
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
    () => {
      void import('./terminal-links.ts').then(({ followLinks }) => followLinks(emulator, note));
      void import('./terminal-paths.ts').then(({ followPaths }) => followPaths(emulator, note));
    },
    { once: true },
  );
}
