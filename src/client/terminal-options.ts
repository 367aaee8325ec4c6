/** Makes the emulator as the page wants it. Knows nothing about what it shows or where it is. */
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { Terminal } from '@xterm/xterm';
import { guardEmulator } from '../../protocol/emulator.ts';
import type { TerminalSettings } from './terminal-settings.ts';
import { readTheme } from './terminal-theme.ts';

/** Lines kept above the screen. */
const SCROLLBACK = 5000;

/** An emulator in the colours of `screen` and the font, not yet opened. It follows the settings until aborted. */
export function createEmulator(
  screen: HTMLElement,
  font: string,
  { settings, signal }: { settings: TerminalSettings; signal: AbortSignal },
): Terminal {
  const terminal = new Terminal({
    fontFamily: font,
    lineHeight: 1.2,
    scrollback: SCROLLBACK,
    theme: readTheme(screen),
    // For programs that choose colours of their own for the other theme.
    minimumContrastRatio: 4.5,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    // Addresses that a program hides behind a text lead nowhere until terminal-links.ts takes care of them.
    linkHandler: { activate: () => {} },
    logLevel: 'off',
    // The width tables and the decorations of a search count as proposed.
    allowProposedApi: true,
  });
  const follow = () => {
    terminal.options.fontSize = settings.fontSize;
    terminal.options.screenReaderMode = settings.isOn('listening');
    terminal.options.macOptionIsMeta = settings.isOn('optionIsMeta');
  };
  follow();
  signal.addEventListener('abort', settings.onChange(follow));
  guardEmulator(terminal);
  // The server's emulator has the same: where widths differ, columns drift apart. See server/terminal/emulator.ts.
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  return terminal;
}
