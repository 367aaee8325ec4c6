/** Reads a sandbox's events as a page does, and keeps them. */
import { sandboxEventSchema, type SandboxEvent } from '../../protocol/api.ts';

const DEADLINE_MS = 60_000;

export class EventReader {
  /** All so far, in order. */
  readonly events: SandboxEvent[] = [];
  readonly #abort = new AbortController();
  #seen = 0;
  #wake: () => void = () => undefined;
  #closed = '';

  constructor(url: string, cookie: string) {
    void this.#read(url, cookie).then(
      () => this.#close('at its end'),
      (error: unknown) => this.#close(String(error)),
    );
  }

  /** Waits for an event that fits, among those after the one that the last call gave. */
  async until(fits: (event: SandboxEvent) => boolean, what: string): Promise<SandboxEvent> {
    const deadline = performance.now() + DEADLINE_MS;
    for (;;) {
      const index = this.events.findIndex((event, place) => place >= this.#seen && fits(event));
      const found = this.events[index];
      if (found) {
        this.#seen = index + 1;
        return found;
      }
      const left = deadline - performance.now();
      if (left <= 0 || this.#closed !== '') {
        const last = JSON.stringify(this.events.slice(-3));
        throw new Error(
          `expected that ${what}; the stream is ${this.#closed || 'open'}, its last events: ${last}`,
        );
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, left);
      await promise;
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(url: string, cookie: string): Promise<void> {
    const response = await fetch(url, { headers: { cookie }, signal: this.#abort.signal });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#block(block);
      this.#wake();
    }
  }

  #block(block: string): void {
    const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    if (event !== undefined && data !== undefined)
      this.events.push(sandboxEventSchema.parse({ event, data: JSON.parse(data) }));
  }

  #close(how: string): void {
    this.#closed ||= `closed: ${how}`;
    this.#wake();
  }
}
