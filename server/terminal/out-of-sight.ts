/**
 * Finds output that scrolls away before anybody could see it: where a program prints thousands of lines at once, all but
 * the last leave no trace on a screen with a bounded scrollback. Knows no emulator.
 */

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DELETE = 0x7f;
/** Begins the UTF-8 form of the C1 controls. */
const C1_LEAD = 0xc2;

/** Whether the bytes are text and line ends alone, so that they change nothing but the cursor and the lines it passes. */
export function isPlain(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte < SPACE ? byte !== LF && byte !== CR && byte !== TAB : byte === DELETE || byte === C1_LEAD)
      return false;
  }
  return true;
}

/** How many chunks of plain output can be left out, and how many bytes of the one behind them. */
export interface OutOfSight {
  readonly chunks: number;
  readonly bytes: number;
}

/** What of plain output can be left out where `lines` further lines scroll everything away. It ends behind a line end, in
 * the first column. */
export function outOfSight(chunks: readonly Uint8Array[], lines: number): OutOfSight {
  let left = lines;
  for (let index = chunks.length - 1; index >= 0; index--) {
    const chunk = chunks[index] as Uint8Array;
    for (let at = chunk.lastIndexOf(LF); at > 0; at = chunk.lastIndexOf(LF, at - 1)) {
      left--;
      if (left < 0 && chunk[at - 1] === CR) return { chunks: index, bytes: at + 1 };
    }
  }
  return { chunks: 0, bytes: 0 };
}
