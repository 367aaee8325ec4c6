/**
 * The terminal emulator and those parts of its state that its public interface does not show. Knows nothing about
 * viewers, ptys or files. The private names belong to the pinned version of `@xterm/headless`; `openEmulator` checks
 * them, so that an upgrade which renames one fails in the tests rather than in a learner's screen.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import type { IBufferCell, Terminal } from '@xterm/headless';
import { guardEmulator } from '../../protocol/emulator.ts';
import { DrydockError } from '../errors.ts';
import type { Size } from '../../protocol/messages.ts';

/** Lines above the screen that are kept and given to a viewer who joins. */
export const SCROLLBACK = 1000;

/** Colours and flags of a cell, packed as the emulator packs them; see style.ts for the bits. */
export interface Attributes {
  readonly fg: number;
  readonly bg: number;
  readonly extended: { readonly ext: number; readonly urlId: number };
}

/** A cell with its packed attributes. */
export type Cell = IBufferCell & Attributes;

/** What characters stand for; undefined: themselves. */
export type Charset = Readonly<Record<string, string | undefined>> | undefined;

/** One of the two buffers: where its cursor, margins and tab stops are. `y` counts from the screen's top row. */
export interface InnerBuffer {
  readonly x: number;
  readonly y: number;
  readonly ybase: number;
  readonly scrollTop: number;
  readonly scrollBottom: number;
  readonly savedX: number;
  readonly savedY: number;
  readonly savedCurAttrData: Attributes;
  readonly savedCharset: Charset;
  readonly tabs: Readonly<Record<number, boolean | undefined>>;
}

/** The parser's states that matter here: 0 is between sequences, 1 to 6 are inside an escape or control sequence. */
export const GROUND = 0;
export const LAST_CONTROL_STATE = 6;

interface Core {
  readonly _inputHandler: {
    readonly _curAttrData: Attributes;
    readonly _windowTitle: string;
    /** Takes a designation such as "(0". */
    selectCharset(designation: string): boolean;
    readonly _parser: { readonly currentState: number; readonly precedingJoinState: number };
  };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly decPrivateModes: {
      readonly cursorStyle?: 'block' | 'underline' | 'bar';
      readonly cursorBlink?: boolean;
    };
  };
  readonly coreMouseService: { readonly activeEncoding: string };
  readonly _charsetService: {
    readonly glevel: number;
    readonly charset: Charset;
    readonly _charsets: readonly Charset[];
  };
  readonly _bufferService: {
    readonly buffer: InnerBuffer;
    readonly buffers: { readonly normal: InnerBuffer; readonly alt: InnerBuffer };
  };
  readonly _oscLinkService: {
    getLinkData(id: number): { readonly id?: string; readonly uri: string } | undefined;
  };
}

/** Every character set that programs can choose, by its letter; the usual one has none. */
const CHARSETS = '0A4C5RQKYE6ZH7=';

/** An emulator with a view on its inner state. */
export interface Emulator {
  readonly terminal: Terminal;
  readonly core: Core;
}

/** A blank emulator of the given size. Throws `internal` where the installed version has another inside. */
export function openEmulator(size: Size): Emulator {
  const terminal = new xterm.Terminal({
    ...size,
    scrollback: SCROLLBACK,
    allowProposedApi: true,
    logLevel: 'off',
  });
  const core = (terminal as unknown as { _core: Core })._core;
  const parts: readonly unknown[] = [
    core?._inputHandler?._curAttrData?.extended?.ext,
    core?._inputHandler?._windowTitle,
    core?._inputHandler?._parser?.currentState,
    core?._inputHandler?._parser?.precedingJoinState,
    core?.coreService?.isCursorHidden,
    core?.coreService?.decPrivateModes,
    core?.coreMouseService?.activeEncoding,
    core?._charsetService?._charsets,
    core?._bufferService?.buffers?.normal?.savedCurAttrData,
    core?._bufferService?.buffers?.alt?.tabs,
    core?._oscLinkService,
  ];
  if (parts.includes(undefined)) {
    throw new DrydockError(
      'internal',
      'this version of @xterm/headless has another inside than emulator.ts expects',
    );
  }
  guardEmulator(terminal);
  // Emoji two columns wide, as shells and the page have it. See src/client/terminal-options.ts.
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  return { terminal, core };
}

let charsetLetters: Map<Charset, string> | undefined;

/** The letter that designates a character set, such as "0" for lines and corners. */
export function charsetLetter(charset: Charset): string {
  if (!charset) return 'B';
  charsetLetters ??= nameCharsets();
  return charsetLetters.get(charset) ?? 'B';
}

/** The emulator's tables by identity: several letters may stand for one. */
function nameCharsets(): Map<Charset, string> {
  const { terminal, core } = openEmulator({ cols: 2, rows: 1 });
  const letters = new Map<Charset, string>();
  for (const letter of CHARSETS.split('')) {
    core._inputHandler.selectCharset(`(${letter}`);
    letters.set(core._charsetService._charsets[0], letter);
  }
  terminal.dispose();
  return letters;
}
