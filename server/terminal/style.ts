/** Turns packed cell attributes into the escape sequences that set them. Knows nothing about buffers. */
import type { Attributes } from './emulator.ts';

const MODE = 0x3000000;
const RGB = 0x3000000;
const HAS_EXTENDED = 0x10000000;
const PROTECTED = 0x20000000;
const UNDERLINE = 0x10000000;

/** Flag bits and their SGR parameters. */
const FG_FLAGS: readonly (readonly [number, number])[] = [
  [0x8000000, 1],
  [0x20000000, 5],
  [0x4000000, 7],
  [0x40000000, 8],
  [0x80000000, 9],
];
const BG_FLAGS: readonly (readonly [number, number])[] = [
  [0x8000000, 2],
  [0x4000000, 3],
  [0x40000000, 53],
];

/** No colour, no flag. */
export const PLAIN: Attributes = { fg: 0, bg: 0, extended: { ext: 0, urlId: 0 } };

/** Only these bits of a background survive in cells that were erased. */
export function backgroundOf(attributes: Attributes): number {
  return attributes.bg & 0x3ffffff;
}

/** Whether both look the same and can be erased the same way. */
export function sameStyle(a: Attributes, b: Attributes): boolean {
  // Bit 31 makes the same number negative in one place and positive in another, so compare bits.
  if ((a.fg ^ b.fg) !== 0 || (a.bg ^ b.bg) !== 0) return false;
  return (a.bg & HAS_EXTENDED) === 0 || a.extended.ext === b.extended.ext;
}

/** The sequence that sets exactly these attributes, whatever was set before; links are not part of it. */
export function styleSequence(attributes: Attributes): string {
  const { fg, bg } = attributes;
  let out = '\x1b[0';
  for (const [bit, parameter] of FG_FLAGS) if (fg & bit) out += `;${parameter}`;
  for (const [bit, parameter] of BG_FLAGS) if (bg & bit) out += `;${parameter}`;
  if (fg & UNDERLINE) out += underline(attributes);
  const tint = bg & HAS_EXTENDED ? tintOf(attributes.extended.ext) : '';
  if (tint !== '') out += `;${tint}`;
  // Resetting the style takes the protection away.
  const protection = bg & PROTECTED ? '\x1b[1"q' : '';
  return `${out}${colour(fg, 30, 90)}${colour(bg, 40, 100)}m${protection}`;
}

function underline({ bg, extended }: Attributes): string {
  if (!(bg & HAS_EXTENDED)) return ';4';
  const style = (extended.ext >> 26) & 7;
  // A link shows as dashed while it lasts, whatever its own underline is.
  return extended.urlId === 0 && style > 0 ? `;4:${style}` : ';4';
}

/** The colour of underlines to come, which a program may set before it underlines anything; empty where it did not. */
export function waitingTint({ bg, extended }: Attributes): string {
  const tint = bg & HAS_EXTENDED ? '' : tintOf(extended.ext);
  return tint === '' ? '' : `\x1b[${tint}m`;
}

function tintOf(ext: number): string {
  const tint = ext & 0x3ffffff;
  if ((tint & MODE) === 0) return '';
  if ((tint & MODE) === RGB) return `58:2::${(tint >> 16) & 255}:${(tint >> 8) & 255}:${tint & 255}`;
  return `58:5:${tint & 255}`;
}

function colour(packed: number, base: number, bright: number): string {
  const value = packed & 0xff;
  switch (packed & MODE) {
    case 0:
      return '';
    case 0x1000000:
      return `;${value < 8 ? base + value : bright + (value & 7)}`;
    case 0x2000000:
      return `;${base + 8};5;${value}`;
    default:
      return `;${base + 8};2;${(packed >> 16) & 255};${(packed >> 8) & 255};${value}`;
  }
}
