/** Talks to an app under test: as a learner over injected requests, and over real sockets. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { WebSocket } from 'ws';
import { errorSchema, type ApiError, type SandboxInfo } from '../../protocol/api.ts';
import { SUBPROTOCOL } from '../../protocol/messages.ts';
import { createApp } from '../../server/app.ts';
import type { AppDeps } from '../../server/http/deps.ts';
import { FakeServer } from '../fakes/http-deps.ts';

/** No wait in these tests takes longer; generous, since it only ends what would hang. */
const DEADLINE_MS = 15_000;

export interface UnderTest {
  readonly fake: FakeServer;
  readonly app: FastifyInstance;
}

/** An app on stand-ins that is closed when the test ends. */
export async function appFor(t: TestContext, changes: Partial<AppDeps> = {}): Promise<UnderTest> {
  const fake = new FakeServer();
  const app = await createApp(fake.deps(changes));
  t.after(async () => {
    await app.close();
    fake.cleanUp();
  });
  return { fake, app };
}

/** Lets the app listen on a free port and returns it. */
export async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

/** Asserts that the answer is an error in the contract's form, and returns it. */
export function errorOf(response: { statusCode: number; body: string }, status: number): ApiError['error'] {
  assert.equal(response.statusCode, status, response.body);
  return errorSchema.parse(JSON.parse(response.body)).error;
}

/** A browser: keeps its cookie. */
export class Learner {
  readonly #app: FastifyInstance;
  cookie = '';

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async ask(method: NonNullable<InjectOptions['method']>, url: string, options: InjectOptions = {}) {
    const headers = this.cookie === '' ? options.headers : { cookie: this.cookie, ...options.headers };
    const response = await this.#app.inject({ method, url, ...options, ...(headers && { headers }) });
    const given = response.cookies.find(({ name }) => name === 'drydock');
    if (given) this.cookie = `drydock=${given.value}`;
    return response;
  }

  /** Starts the one lesson there is. */
  async start(): Promise<SandboxInfo> {
    const response = await this.ask('POST', '/api/sandboxes', { payload: { lesson: 'virtualenv/create' } });
    assert.ok([200, 201].includes(response.statusCode), response.body);
    return response.json();
  }
}

/** A frame as a viewer gets it: text frames parsed, binary ones as text. */
export type Frame = { readonly json: Record<string, unknown> } | { readonly bytes: string };

/** A terminal's viewer on a real socket. Frames and the close are kept until asked for. */
export class SocketViewer {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  readonly #frames: Frame[] = [];
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer, isBinary) => {
      const text = data.toString();
      this.#frames.push(isBinary ? { bytes: text } : { json: JSON.parse(text) });
      this.#wake();
    });
  }

  /** The next frame, in order. */
  async frame(): Promise<Frame> {
    for (;;) {
      const next = this.#frames.shift();
      if (next) return next;
      await within(new Promise<void>((resolve) => (this.#wake = resolve)), 'a frame');
    }
  }

  async closeCode(): Promise<number> {
    return within(this.closed, 'the close');
  }
}

export interface DialOptions {
  readonly port: number;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly protocols?: string[];
}

/** Opens a WebSocket; resolves with the viewer, or with the HTTP answer that refused it. */
export function dial({ port, path, headers = {}, protocols = [SUBPROTOCOL] }: DialOptions) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
  const viewer = new SocketViewer(socket);
  return within(
    new Promise<{ viewer: SocketViewer } | { statusCode: number; body: string }>((resolve, reject) => {
      socket.once('open', () => resolve({ viewer }));
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => resolve({ statusCode: response.statusCode ?? 0, body }));
      });
    }),
    'the handshake',
  );
}

/** Rejects where the promise takes longer than any test should wait. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`waited too long for ${what}`)), DEADLINE_MS);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until the condition holds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > DEADLINE_MS) throw new Error(`waited too long until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
