/** Collects what a Pty prints, for tests that type and wait for an answer. */
import type { Off, Pty } from '../../server/sandbox/engine.ts';

/** Milliseconds a shell may take to answer: only a hung one exceeds it. */
const ANSWER_MS = 15_000;

/** The output of one Pty since this object was made. */
export class Screen {
  readonly #pty: Pty;
  readonly #off: Off;
  readonly #watchers = new Set<() => void>();
  #parts: Buffer[] = [];
  /** Bytes received so far. */
  bytes = 0;

  constructor(pty: Pty) {
    this.#pty = pty;
    this.#off = pty.onData((data) => {
      this.#parts.push(Buffer.from(data));
      this.bytes += data.length;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  /** All output as text, without the marks of the shell integration. */
  get text(): string {
    const all = Buffer.concat(this.#parts);
    this.#parts = [all];
    // oxlint-disable-next-line no-control-regex
    return all.toString('utf8').replaceAll(/\x1b\]133;[^\x07]*\x07/g, '');
  }

  type(text: string): void {
    this.#pty.write(Buffer.from(text));
  }

  /** Resolves when the output matches; rejects with the end of the output where that takes too long. */
  async until(pattern: RegExp): Promise<void> {
    await this.#wait(() => pattern.test(this.text), `${pattern}`);
  }

  /** Resolves when more than `bytes` bytes have come. */
  async untilBytes(bytes: number): Promise<void> {
    await this.#wait(() => this.bytes > bytes, `more than ${bytes} bytes`);
  }

  /** Stops listening. */
  close(): void {
    this.#off();
  }

  async #wait(holds: () => boolean, expected: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const check = () => holds() && resolve();
    const timer = setTimeout(() => {
      reject(new Error(`expected ${expected}, found ${JSON.stringify(this.text.slice(-500))}`));
    }, ANSWER_MS);
    this.#watchers.add(check);
    check();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(check);
    }
  }
}

/** Resolves with how the Pty ends; rejects where that takes too long. */
export async function exitOf(pty: Pty): Promise<{ code: number | null; lost: boolean }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; lost: boolean }>();
  const timer = setTimeout(() => reject(new Error('expected onExit, it did not come')), ANSWER_MS);
  const off = pty.onExit(resolve);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    off();
  }
}
