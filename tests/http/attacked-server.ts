/**
 * A server to be attacked, in a process of its own so that its memory and its faults are its own. Started with
 * `--expose-gc` and an IPC channel: says a `Ready` first, then answers each message with a `Condition`.
 *
 * Two learners have a lab: in that of the target all terminals print without pause, in that of the neighbour numbered
 * lines come slowly.
 */
import type { AddressInfo } from 'node:net';
import type { Size } from '../../protocol/messages.ts';
import { createApp } from '../../server/app.ts';
import { endsSandbox } from '../../server/http/terminal-lifecycle.ts';
import type { Pty, Sandbox } from '../../server/sandbox/engine.ts';
import { Terminals } from '../../server/terminal/terminals.ts';
import { FakeServer } from '../fakes/http-deps.ts';

/** Where the labs are. */
export interface Ready {
  readonly port: number;
  readonly target: Place;
  readonly neighbour: Place;
}

export interface Place {
  readonly cookie: string;
  readonly path: string;
}

/** How the server is. */
export interface Condition {
  /** Bytes in use after a collection of garbage, buffers included. */
  readonly memory: number;
  readonly viewers: number;
  /** Connections of the port. */
  readonly connections: number;
  /** Exceptions that nobody caught, and faults of its own that the server logged. */
  readonly faults: readonly string[];
}

/** Prints whenever it may: `line` gives what comes next, after `pauseMs`. */
class PrintingPty implements Pty {
  readonly #line: () => string;
  readonly #pauseMs: number;
  readonly #listeners = new Set<(data: Uint8Array) => void>();
  #timer: NodeJS.Timeout | undefined;
  #paused = false;

  constructor(line: () => string, pauseMs: number) {
    this.#line = line;
    this.#pauseMs = pauseMs;
  }

  write(): void {}

  resize(_size: Size): Promise<void> {
    return Promise.resolve();
  }

  pause(): void {
    this.#paused = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  resume(): void {
    this.#paused = false;
    this.#goOn();
  }

  detach(): void {
    this.pause();
    this.#listeners.clear();
  }

  onData(listener: (data: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    this.#goOn();
    return () => void this.#listeners.delete(listener);
  }

  onExit(): () => void {
    return () => {};
  }

  #goOn(): void {
    if (this.#paused || this.#listeners.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const data = Buffer.from(this.#line());
      for (const listener of this.#listeners) listener(data);
      this.#goOn();
    }, this.#pauseMs);
  }
}

const faults: string[] = [];
process.on('uncaughtException', (error) => void faults.push(`uncaught: ${error.stack}`));
process.on('unhandledRejection', (reason) => void faults.push(`unhandled: ${String(reason)}`));

const fake = new FakeServer();
const log = {
  debug: () => undefined,
  warn: (details: object, message: string) => void faults.push(`${message}: ${JSON.stringify(details)}`),
};
const terminals = new Terminals({
  log,
  journalFolder: undefined,
  onEnded: endsSandbox(fake.registry),
});
const app = await createApp(fake.deps({ terminals }));
let lines = 0;
const flood = Array.from({ length: 200 }, (_, i) => `\x1b[38;5;${i}m${i} ${'漢字 text '.repeat(7)}\r\n`).join(
  '',
);
const numbered = () => new PrintingPty(() => `line ${lines++}\r\n`, 2);
const printing = () => new PrintingPty(() => flood, 0);
const labs = new Map<string, () => Pty>();
fake.registry.sandbox = async (id: string) => {
  const open = async () => (labs.get(id) ?? printing)();
  return { main: open, open } as unknown as Sandbox;
};
const target = await place();
const neighbour = await place();
labs.set(neighbour.id, numbered);
await app.listen({ port: 0, host: '127.0.0.1' });
process.on('message', () => void condition().then((now) => process.send?.(now)));
process.on('disconnect', () => process.exit());
process.send?.({ port: (app.server.address() as AddressInfo).port, target, neighbour } satisfies Ready);

/** A learner with a lab. */
async function place(): Promise<Place & { id: string }> {
  const payload = { lesson: 'virtualenv/create' };
  const response = await app.inject({ method: 'POST', url: '/api/sandboxes', payload });
  const { id } = response.json<{ id: string }>();
  const cookie = response.cookies.find(({ name }) => name === 'drydock')?.value;
  return { id, cookie: `drydock=${cookie}`, path: `/api/sandboxes/${id}/terminals/main` };
}

async function condition(): Promise<Condition> {
  const { promise, resolve } = Promise.withResolvers<number>();
  app.server.getConnections((_error, count) => resolve(count));
  const connections = await promise;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const logged = fake.logged.map((entry) => JSON.stringify(entry));
  return {
    memory: heapUsed + external,
    viewers: terminals.count().viewers,
    connections,
    faults: [...faults, ...logged],
  };
}
