import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import { CLOSE, MAX_VIEWER_FRAME, SUBPROTOCOL } from '../../protocol/wire.ts';
import { Connection, MAX_WAITING } from './connection.ts';
import type { Advice } from './connection.ts';

const DEADLINE = 20_000;

let server: WebSocketServer;
let accepted: ServerSocket[];
let port: number;
let connection: Connection;
let heard: string[];
let advice: Advice;
let wake: (slept: boolean) => void;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  accepted = [];
  server.on('connection', (socket) => accepted.push(socket));
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  heard = [];
  advice = { go: 'retry', trouble: 'server' };
  connection = new Connection({
    open: () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, SUBPROTOCOL);
      socket.binaryType = 'arraybuffer';
      return socket;
    },
    wake: (listener) => {
      wake = listener;
      return () => (wake = () => {});
    },
    handlers: {
      bytes: (data) => void heard.push(`bytes ${new TextDecoder().decode(data)}`),
      message: (message) => void heard.push(message.type),
      lost: (trouble) => void heard.push(`lost ${trouble}`),
      stopped: (cause) => void heard.push(`stopped ${cause}`),
      inquire: () => {
        heard.push('inquire');
        return Promise.resolve(advice);
      },
    },
  });
});

afterEach(() => {
  connection.dispose();
  for (const client of server.clients) client.terminate();
  server.close();
});

/** The next connection that the server got, in order, also one that came before the call. */
async function accept(): Promise<ServerSocket> {
  await until(() => accepted.length > 0);
  return accepted.shift() ?? assert.fail('no connection');
}

/** Waits until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + DEADLINE;
  while (!condition()) {
    assert.ok(Date.now() < end, `not in time; heard: ${heard.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('output and messages arrive in order; an unknown message is passed over', async () => {
  connection.connect();
  const socket = await accept();
  socket.send(JSON.stringify({ type: 'snapshot', cols: 80, rows: 24, data: '' }));
  socket.send(Buffer.from('a'));
  socket.send('{"type":"future"}');
  socket.send(Buffer.from('b'));
  await until(() => heard.length === 3);
  assert.deepEqual(heard, ['snapshot', 'bytes a', 'bytes b']);
});

test('input is refused while not connected, and not sent later', async () => {
  assert.equal(connection.send(Buffer.from('lost')), 'not-connected');
  connection.connect();
  assert.equal(connection.send(Buffer.from('lost')), 'not-connected');
  const socket = await accept();
  const frames: string[] = [];
  socket.on('message', (data: Buffer) => frames.push(data.toString()));
  await until(() => connection.open);
  assert.equal(connection.send(Buffer.from('kept')), 'sent');
  await until(() => frames.length > 0);
  assert.deepEqual(frames, ['kept']);
});

test('a large paste goes in frames that the server takes, and a larger one not at all', async () => {
  connection.connect();
  const socket = await accept();
  await until(() => connection.open);
  const sizes: number[] = [];
  socket.on('message', (data: Buffer) => sizes.push(data.length));
  assert.equal(connection.send(new Uint8Array(MAX_WAITING + 1)), 'too-much');
  assert.equal(connection.send(new Uint8Array(2 * MAX_VIEWER_FRAME + 1)), 'sent');
  await until(() => sizes.length === 3);
  assert.deepEqual(sizes, [MAX_VIEWER_FRAME, MAX_VIEWER_FRAME, 1]);
});

test('a lost connection is tried again, once for each loss', async () => {
  connection.connect();
  for (let round = 1; round <= 3; round += 1) {
    const socket = await accept();
    await until(() => connection.open);
    socket.terminate();
    await until(() => heard.length === round);
  }
  await accept();
  await until(() => connection.open);
  assert.equal(server.clients.size, 1);
  assert.deepEqual(heard, ['lost connection', 'lost connection', 'lost connection']);
});

test('the end of the terminal ends the attempts', async () => {
  for (const [code, word] of [
    [CLOSE.ended, 'stopped ended'],
    [CLOSE.notFound, 'stopped gone'],
  ] as const) {
    heard = [];
    connection.connect();
    (await accept()).close(code);
    await until(() => heard.length > 0);
    wake(true);
    assert.deepEqual(heard, [word]);
    assert.equal(connection.send(Buffer.from('x')), 'not-connected');
  }
});

test('a refused upgrade is asked about, and tried again or waited for as advised', async () => {
  const refusing = (): boolean => false;
  server.options.verifyClient = refusing;
  connection.connect();
  await until(() => heard.includes('lost server'));
  assert.equal(heard[0], 'inquire');
  advice = { go: 'wait', trouble: 'connection' };
  heard = [];
  wake(false);
  await until(() => heard.includes('inquire'));
  server.options.verifyClient = () => true;
  wake(true);
  assert.deepEqual(
    heard.filter((word) => word !== 'inquire'),
    [],
  );
  connection.connect();
  await accept();
});

test('waking tries at once, and exchanges a connection that may be dead without a word', async () => {
  connection.connect();
  const first = await accept();
  await until(() => connection.open);
  wake(true);
  const second = await accept();
  assert.notEqual(second, first);
  await until(() => connection.open);
  second.send(Buffer.from('alive'));
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['bytes alive']);
  await until(() => server.clients.size === 1);
});

test('keys typed while a connection is exchanged do not vanish quietly', async () => {
  connection.connect();
  await accept();
  await until(() => connection.open);
  wake(true);
  assert.equal(connection.send(Buffer.from('x')), 'not-connected');
  assert.deepEqual(heard, ['lost connection']);
});

test('a reset is told apart from a loss', async () => {
  connection.connect();
  (await accept()).close(CLOSE.reset);
  await accept();
  assert.deepEqual(heard, ['lost reset']);
});
