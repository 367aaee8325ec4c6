/** Takes apart the stream in which Docker interleaves stdout and stderr. Knows nothing about where it comes from. */

/** Bytes of the header of each frame: stream number, three zeros, length as 32 bits. */
const HEADER = 8;

const STDERR = 2;

/** Keeps up to a number of bytes of each of the two outputs; the rest is dropped as it comes. */
export class Demux {
  readonly #stdout: CappedBytes;
  readonly #stderr: CappedBytes;
  readonly #header = Buffer.alloc(HEADER);
  #headerFilled = 0;
  /** Bytes of the current frame that are still to come. */
  #left = 0;

  constructor(maxBytes: number) {
    this.#stdout = new CappedBytes(maxBytes);
    this.#stderr = new CappedBytes(maxBytes);
  }

  /** Takes the next bytes of the stream, cut anywhere. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) at = this.#readHeader(chunk, at);
      const end = Math.min(chunk.length, at + this.#left);
      const output = this.#header[0] === STDERR ? this.#stderr : this.#stdout;
      output.push(chunk.subarray(at, end));
      this.#left -= end - at;
      at = end;
    }
  }

  /** What was kept, as UTF-8; what is not becomes U+FFFD. */
  text(): { stdout: string; stderr: string } {
    return { stdout: this.#stdout.text(), stderr: this.#stderr.text() };
  }

  /** Returns where the header's bytes end in the chunk. */
  #readHeader(chunk: Uint8Array, at: number): number {
    const part = chunk.subarray(at, at + HEADER - this.#headerFilled);
    this.#header.set(part, this.#headerFilled);
    this.#headerFilled += part.length;
    if (this.#headerFilled === HEADER) {
      this.#headerFilled = 0;
      this.#left = this.#header.readUInt32BE(4);
    }
    return at + part.length;
  }
}

/** The first bytes of an output. */
class CappedBytes {
  readonly #max: number;
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  constructor(max: number) {
    this.#max = max;
  }

  push(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, this.#max - this.#size);
    if (kept.length === 0) return;
    // A copy: a part would keep the whole chunk that it was cut from.
    this.#parts.push(Uint8Array.from(kept));
    this.#size += kept.length;
  }

  text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}
