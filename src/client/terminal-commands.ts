/** What a learner can do with the terminal besides typing: by key, by menu. Parts that few use load on first use. */
import { writeClipboard } from './clipboard.ts';
import { paste } from './terminal-paste.ts';
import { MAIN } from './terminal-names.ts';
import type { TerminalSet } from './terminal-set.ts';
import type { Switch, TerminalSettings } from './terminal-settings.ts';
import { plainText } from './terminal-text.ts';

/** The commands; each takes the focus back to the terminal unless it leads elsewhere. */
export interface TerminalCommands {
  /** Copies what is selected; nothing where nothing is. */
  copy(): void;
  paste(): void;
  selectAll(): void;
  find(): void;
  /** Makes the text larger by so many pixels. */
  grow(pixels: number): void;
  /** Empties screen and scrollback but for the prompt, in all windows and for good. */
  clear(): void;
  /** Saves what the terminal shows, scrollback included, as a text file. */
  download(): void;
  fullScreen(): void;
  toggle(name: Switch): void;
  /** Adds a terminal, of this name where one is given, and shows it. */
  add(name?: string): void;
  /** Closes the terminal that is shown, with what runs in it. */
  close(): void;
  /** Whether it can be closed: the main one cannot. */
  closable(): boolean;
}

/** What the commands need. */
export interface CommandDeps {
  /** The sandbox's terminals. */
  readonly set: () => TerminalSet;
  readonly settings: TerminalSettings;
  readonly region: HTMLElement;
  /** Says something to the learner. */
  readonly note: (words: string) => void;
}

/** The commands, for the terminal that is shown when they are called. */
export function terminalCommands({ set, settings, region, note }: CommandDeps): TerminalCommands {
  const active = () => set().active;
  const emulator = () => active().view.emulator;
  const back = () => active().view.focus();
  return {
    copy: () => {
      const text = emulator().getSelection();
      if (text === '') return;
      const refused = 'Your browser does not let this page copy.';
      void writeClipboard(text)
        .then((copied) => copied || note(refused))
        .finally(() => {
          emulator().clearSelection();
          back();
        });
    },
    paste: () => {
      const refused = () => note('Your browser keeps the clipboard to itself: press Ctrl+Shift+V or Cmd+V.');
      // Absent over plain HTTP from another machine.
      const reading: Promise<string> = navigator.clipboard?.readText() ?? Promise.reject(new Error('none'));
      reading.then((text) => paste(emulator(), text), refused).finally(back);
    },
    selectAll: () => {
      emulator().selectAll();
      back();
    },
    find: () => {
      const terminal = emulator();
      void import('./terminal-find.ts').then(({ openFind }) => openFind(region, terminal));
    },
    grow: (pixels) => (settings.fontSize += pixels),
    clear: () => {
      active().clear();
      back();
    },
    download: () => {
      save(plainText(emulator().buffer.normal));
      back();
    },
    fullScreen: () => {
      const pane = region.closest<HTMLElement>('[data-pane]') ?? region;
      void import('./terminal-fullscreen.ts')
        .then(({ toggleFullScreen }) => toggleFullScreen(pane))
        .finally(back);
    },
    toggle: (name) => void settings.toggle(name),
    add: (name) => void set().add(name),
    close: () => void set().close(active().name),
    closable: () => active().name !== MAIN,
  };
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const stamp = new Date().toISOString().slice(0, 16).replaceAll(/[T:]/g, '-');
  link.download = `terminal-${stamp}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
