/** Keeps the beginning of an escape sequence or character whose rest has not come yet. Knows no emulator. */
import { incompleteCharacter } from './characters.ts';

/** An unfinished sequence longer than this is kept by its beginning only: no title or link is that long. */
const MAX_KEPT = 64 * 1024;

const EMPTY = new Uint8Array(0);
const ESC = 0x1b;

/** Where the emulator's parser stands after what it was given. */
export type Position = 'ground' | 'control' | 'string';

/** The unfinished end of a stream that is read in chunks. */
export class Unfinished {
  #tail: Uint8Array = EMPTY;

  /** What must follow a snapshot, so that the bytes that come next have their meaning. */
  get tail(): Uint8Array {
    return this.#tail;
  }

  /** To be told each chunk after the emulator has parsed it, with where its parser stands then. */
  parsed(chunk: Uint8Array, position: Position): void {
    const all = this.#tail.length === 0 ? chunk : join(this.#tail, chunk);
    if (position === 'ground') {
      const rest = incompleteCharacter(all);
      this.#tail = rest === 0 ? EMPTY : all.slice(all.length - rest);
      return;
    }
    if (position === 'string' && this.#tail.length >= MAX_KEPT) return;
    const start = all.slice(sequenceStart(all));
    this.#tail = position === 'control' ? withoutEffects(start) : start.slice(0, MAX_KEPT);
  }
}

/** A control sequence without what has no part in it: control characters have taken effect already, and replaying them
 * would do it twice; other characters are ignored there, and what is left of broken ones could become whole. */
function withoutEffects(sequence: Uint8Array): Uint8Array {
  const introducer = sequence[0] === ESC ? 1 : 2;
  const end = sequence.length - incompleteCharacter(sequence);
  return sequence.filter((byte, at) => at < introducer || at >= end || (byte >= 0x20 && byte < 0x80));
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Index of the last introducer: ESC, or a C1 control in UTF-8. */
function sequenceStart(bytes: Uint8Array): number {
  const escape = bytes.lastIndexOf(ESC);
  for (let index = bytes.length - 2; index > escape; index--) {
    if (bytes[index] === 0xc2 && isIntroducer(bytes[index + 1] ?? 0)) return index;
  }
  return Math.max(escape, 0);
}

function isIntroducer(byte: number): boolean {
  return byte === 0x90 || byte === 0x98 || byte === 0x9b || (byte >= 0x9d && byte <= 0x9f);
}
