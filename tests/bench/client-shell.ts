/** A program with a terminal of its own on this host, such as `docker run -it`: what Drydock is compared with. */
import { stripVTControlCharacters } from 'node:util';
import { spawn, type IPty } from 'node-pty';

const KEPT = 8 * 1024;
const DEADLINE_MS = 60_000;

export class ClientShell {
  /** Bytes of output so far. */
  received = 0;
  readonly #pty: IPty;
  #text = '';
  #wake: () => void = () => undefined;
  #ended = false;

  constructor(argv: readonly string[]) {
    const [program = '', ...args] = argv;
    this.#pty = spawn(program, args, { cols: 80, rows: 24, encoding: null });
    // Without an encoding the output comes as bytes, whatever the type says.
    this.#pty.onData((data: unknown) => this.#output(data as Buffer));
    this.#pty.onExit(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Waits until so many bytes have come in all, which is cheaper than to look into them. */
  untilReceived(bytes: number): Promise<void> {
    return this.#wait(() => this.received >= bytes, `${bytes} bytes`);
  }

  /** Forgets what was printed. */
  clear(): void {
    this.#text = '';
  }

  until(condition: (text: string) => boolean, what: string): Promise<void> {
    return this.#wait(() => condition(stripVTControlCharacters(this.#text)), what);
  }

  async #wait(condition: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!condition()) {
      const left = deadline - performance.now();
      if (this.#ended || left <= 0)
        throw new Error(`expected ${what}, found ${JSON.stringify(this.#text.slice(-300))}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, left);
      await promise;
      clearTimeout(timer);
    }
  }

  prompt(): Promise<void> {
    return this.until((text) => /[$#]\s*$/.test(text), 'a prompt');
  }

  /** Types `exit` and resolves when the program has ended, or after a while. */
  async close(): Promise<void> {
    // What was typed is cleared by Ctrl-U: Ctrl-C would throw away what follows it.
    this.#pty.write('\u0015exit\r');
    for (let waited = 0; !this.#ended && waited < 200; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!this.#ended) this.#pty.kill('SIGKILL');
  }

  #output(data: Buffer): void {
    this.received += data.length;
    this.#text = (this.#text + data.toString()).slice(-KEPT);
    this.#wake();
  }
}
