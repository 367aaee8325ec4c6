import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { sandboxEventSchema, type SandboxEvent } from '../../protocol/api.ts';
import type { AppDeps } from '../../server/http/deps.ts';
import { appFor, errorOf, Learner, listen, until, within } from './client.ts';

/** Reads an event stream as a browser does. */
class Reader {
  readonly response: IncomingMessage;
  text = '';
  ended = false;

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk) => (this.text += chunk));
    response.on('error', () => undefined);
    response.on('close', () => (this.ended = true));
  }

  get events(): SandboxEvent[] {
    const blocks = this.text.split('\n\n').slice(0, -1);
    return blocks
      .map((block) => /^event: (.*)\ndata: (.*)$/.exec(block))
      .filter((match) => match !== null)
      .map(([, event, data]) => sandboxEventSchema.parse({ event, data: JSON.parse(data ?? '') }));
  }

  async next(count: number): Promise<SandboxEvent[]> {
    await until(() => this.events.length >= count, `there are ${count} events`);
    return this.events;
  }
}

async function scene(t: TestContext, changes: Partial<AppDeps> = {}) {
  const { fake, app } = await appFor(t, changes);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const port = await listen(app);
  const open = async (): Promise<Reader> => {
    const path = `/api/sandboxes/${id}/events`;
    const options = { port, host: '127.0.0.1', path, headers: { cookie: learner.cookie }, agent: false };
    const response = await within(
      new Promise<IncomingMessage>((resolve, reject) => get(options, resolve).on('error', reject)),
      'the stream',
    );
    t.after(() => response.destroy());
    return new Reader(response);
  };
  return { fake, app, learner, id, port, open };
}

test('a stream begins with the state and goes on with every change, verdict and warning', async (t) => {
  const { fake, learner, id, open } = await scene(t);
  const reader = await open();
  assert.equal(reader.response.statusCode, 200);
  assert.match(String(reader.response.headers['content-type']), /^text\/event-stream/);
  assert.equal(reader.response.headers['cache-control'], 'no-store');
  const [first] = await reader.next(1);
  assert.ok(first?.event === 'state' && first.data.id === id && first.data.state === 'ready');
  assert.match(reader.text, /^retry: 2000\n\n/);
  await learner.ask('POST', `/api/sandboxes/${id}/extend`);
  fake.registry.warn(id);
  fake.verdict = { status: 'passed', message: 'Passed\nwell done', durationMs: 3 };
  await learner.ask('POST', `/api/sandboxes/${id}/tasks/use-env/check`);
  const events = await reader.next(4);
  assert.deepEqual(
    events.map(({ event }) => event),
    ['state', 'state', 'expiring', 'task'],
  );
  assert.deepEqual(events[3]?.data, { id: 'use-env', verdict: fake.verdict });
});

test('all tabs of the learner hear, and nobody hears of another sandbox', async (t) => {
  const { fake, app, learner, id, open } = await scene(t);
  const readers = [await open(), await open()];
  await Promise.all(readers.map((reader) => reader.next(1)));
  const other = await new Learner(app).start();
  fake.registry.warn(other.id);
  await learner.ask('POST', `/api/sandboxes/${id}/tasks/use-env/check`);
  for (const reader of readers) {
    const kinds = (await reader.next(2)).map(({ event }) => event);
    assert.deepEqual(kinds, ['state', 'task']);
  }
});

test('a stream ends with its sandbox, after saying so', async (t) => {
  const { learner, id, open } = await scene(t);
  const reader = await open();
  await reader.next(1);
  await learner.ask('DELETE', `/api/sandboxes/${id}`);
  await until(() => reader.ended, 'the stream ends');
  const last = reader.events.at(-1);
  assert.ok(
    last?.event === 'state' && last.data.state === 'ended' && last.data.reason === 'You ended this lab.',
  );
});

test('a stream lives on while an ended sandbox can be read, and ends when it is forgotten', async (t) => {
  const { fake, id, open } = await scene(t, { timing: { pingMs: 1000, heartbeatMs: 30 } });
  const reader = await open();
  fake.registry.markEnded(id, 'The lab has stopped.');
  await reader.next(2);
  await until(() => reader.text.includes('\n\n:\n\n'), 'a sign of life comes');
  assert.equal(reader.ended, false);
  fake.registry.entries.delete(id);
  await until(() => reader.ended, 'the stream ends');
});

test('strangers get no stream', async (t) => {
  const { app, id } = await scene(t);
  errorOf(await new Learner(app).ask('GET', `/api/sandboxes/${id}/events`), 404);
});

test('a reader that goes away is forgotten', async (t) => {
  const { fake, id, open } = await scene(t);
  const reader = await open();
  await reader.next(1);
  reader.response.destroy();
  const entry = fake.registry.entries.get(id);
  assert.ok(entry);
  // A state is put into words for readers only, and asks for the progress then.
  const asked = t.mock.method(fake.progress, 'of').mock;
  await until(() => {
    const before = asked.callCount();
    fake.registry.change({ ...entry, step: 'again' });
    return asked.callCount() === before;
  }, 'nobody is told any more');
});

test('a sandbox has a bounded number of streams', async (t) => {
  const { learner, id, open } = await scene(t);
  const readers = await Promise.all(Array.from({ length: 32 }, open));
  assert.equal(errorOf(await learner.ask('GET', `/api/sandboxes/${id}/events`), 429).code, 'busy');
  for (const reader of readers) assert.equal(reader.response.statusCode, 200);
});

test('a reader that does not read is dropped before it fills the memory', async (t) => {
  const { fake, learner, id, port } = await scene(t);
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  socket.write(
    `GET /api/sandboxes/${id}/events HTTP/1.1\r\nHost: localhost\r\nCookie: ${learner.cookie}\r\n\r\n`,
  );
  await within(new Promise((resolve) => socket.once('readable', resolve)), 'the first bytes');
  let closed = false;
  socket.on('close', () => (closed = true)).on('error', () => undefined);
  const entry = fake.registry.entries.get(id);
  assert.ok(entry);
  for (let sent = 0; sent < 40; sent++) {
    fake.registry.change({ ...entry, step: 'x'.repeat(500_000) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.resume();
  await until(() => closed, 'the server hangs up');
});

test('closing the app ends all streams', async (t) => {
  const { fake, app, open } = await scene(t);
  const reader = await open();
  await reader.next(1);
  await app.close();
  await until(() => reader.ended, 'the stream ends');
  fake.cleanUp();
  assert.equal(fake.registry.listeners, 0);
});
