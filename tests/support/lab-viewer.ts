/** A viewer of a sandbox's terminal over a real socket, without a page. */
import { stripVTControlCharacters } from 'node:util';
import { WebSocket } from 'ws';
import { ACK_EVERY } from '../../protocol/flow.ts';
import { serverMessageSchema, SUBPROTOCOL } from '../../protocol/messages.ts';

/** Characters of output that are kept to be searched. */
const KEPT = 8 * 1024;
const DEADLINE_MS = 60_000;

export class LabViewer {
  /** Bytes of output so far, snapshots not counted. */
  received = 0;
  /** While false it acknowledges nothing, like a page that has stopped. */
  acknowledges = true;
  readonly #socket: WebSocket;
  #text = '';
  #unacknowledged = 0;
  #wake: () => void = () => undefined;
  #closed = '';

  constructor(address: string, { id, name, cookie }: { id: string; name: string; cookie: string }) {
    const url = `${address.replace('http', 'ws')}/api/sandboxes/${id}/terminals/${name}?cols=80&rows=24`;
    this.#socket = new WebSocket(url, [SUBPROTOCOL], { headers: { cookie }, perMessageDeflate: false });
    this.#socket.on('error', (error) => this.#close(error.message));
    this.#socket.on('close', (code) => this.#close(`closed with ${code}`));
    this.#socket.on('message', (data: Buffer, isBinary) =>
      isBinary ? this.#output(data) : this.#told(data),
    );
  }

  /** What was printed last, without colours. */
  get text(): string {
    return stripVTControlCharacters(this.#text);
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text));
  }

  /** Waits until so many bytes have come in all, which is cheaper than to look into them. */
  untilReceived(bytes: number): Promise<void> {
    return this.#wait(() => this.received >= bytes, `${bytes} bytes`);
  }

  /** Forgets what was printed. */
  clear(): void {
    this.#text = '';
  }

  /** Waits until the output, as `text` gives it, satisfies the condition. */
  until(condition: (text: string) => boolean, what: string): Promise<void> {
    return this.#wait(() => condition(this.text), what);
  }

  async #wait(condition: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!condition()) {
      if (this.#closed !== '') throw new Error(`expected ${what}, the terminal was ${this.#closed}`);
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`expected ${what}, found ${JSON.stringify(this.text.slice(-400))}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, left);
      await promise;
      clearTimeout(timer);
    }
  }

  /** Waits for a prompt at the end of the output. */
  prompt(): Promise<void> {
    return this.until((text) => /\$\s*$/.test(text), 'a prompt');
  }

  close(): void {
    this.#socket.terminate();
  }

  /** Reads nothing any more, as when its network has gone without a word. */
  vanish(): void {
    this.#socket.pause();
  }

  /** How the connection was closed; empty while it is open. */
  get closed(): string {
    return this.#closed;
  }

  #output(data: Buffer): void {
    this.received += data.length;
    this.#unacknowledged += data.length;
    if (this.acknowledges && this.#unacknowledged >= ACK_EVERY) {
      this.#socket.send(JSON.stringify({ type: 'ack', bytes: this.#unacknowledged }));
      this.#unacknowledged = 0;
    }
    this.#add(data.toString());
  }

  #told(data: Buffer): void {
    const message = serverMessageSchema.parse(JSON.parse(data.toString()));
    if (message.type !== 'snapshot') return;
    this.#unacknowledged = 0;
    this.#text = '';
    this.#add(message.data);
  }

  #add(text: string): void {
    this.#text = (this.#text + text).slice(-KEPT);
    this.#wake();
  }

  #close(how: string): void {
    this.#closed ||= how;
    this.#wake();
  }
}
