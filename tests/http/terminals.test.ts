import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { CLOSE, MAX_VIEWER_FRAME, serverMessageSchema } from '../../protocol/messages.ts';
import { DrydockError } from '../../server/errors.ts';
import { endsSandbox } from '../../server/http/terminal-lifecycle.ts';
import type { AppDeps } from '../../server/http/deps.ts';
import {
  appFor,
  dial,
  errorOf,
  Learner,
  listen,
  until,
  type DialOptions,
  type SocketViewer,
} from './client.ts';

async function scene(t: TestContext, changes: Partial<AppDeps> = {}) {
  const { fake, app } = await appFor(t, changes);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const port = await listen(app);
  const path = `/api/sandboxes/${id}/terminals/main`;
  const knock = (options: Partial<DialOptions> = {}) =>
    dial({ port, path, ...options, headers: { cookie: learner.cookie, ...options.headers } });
  const open = async (options: Partial<DialOptions> = {}): Promise<SocketViewer> => {
    const answer = await knock(options);
    if (!('viewer' in answer)) assert.fail(answer.body);
    t.after(() => answer.viewer.socket.terminate());
    return answer.viewer;
  };
  const refused = async (status: number, options: Partial<DialOptions> = {}) => {
    const answer = await knock(options);
    assert.ok('statusCode' in answer, 'the upgrade was not refused');
    return errorOf(answer, status);
  };
  return { fake, app, learner, id, port, path, open, refused };
}

/** The next frame, which must be a valid message of the server. */
async function messageOf(viewer: SocketViewer) {
  const frame = await viewer.frame();
  assert.ok('json' in frame);
  return serverMessageSchema.parse(frame.json);
}

test('a viewer gets the snapshot first, in its size, then bytes; what it sends arrives', async (t) => {
  const { fake, id, path, open } = await scene(t);
  const viewer = await open({ path: `${path}?cols=100&rows=30` });
  assert.deepEqual(await messageOf(viewer), { type: 'snapshot', cols: 100, rows: 30, data: 'screen' });
  assert.equal(viewer.socket.protocol, 'drydock.v1');
  assert.equal(viewer.socket.extensions, '', 'frames are not compressed');
  const [attached] = fake.terminals.viewers;
  assert.equal(attached?.key, `${id}/1/main`);
  attached.channel.sendBytes(Buffer.from('hello'));
  assert.deepEqual(await viewer.frame(), { bytes: 'hello' });
  viewer.socket.send(Buffer.from('ls\r'));
  viewer.socket.send(JSON.stringify({ type: 'resize', cols: 90, rows: 20 }));
  viewer.socket.send(JSON.stringify({ type: 'ack', bytes: 5 }));
  await until(() => attached.messages.length === 2, 'both messages arrive');
  assert.deepEqual(attached.inputs, ['ls\r']);
  assert.deepEqual(attached.messages, [
    { type: 'resize', cols: 90, rows: 20 },
    { type: 'ack', bytes: 5 },
  ]);
});

test('the size is 80 by 24 where none is given', async (t) => {
  const { open } = await scene(t);
  assert.deepEqual(await messageOf(await open()), { type: 'snapshot', cols: 80, rows: 24, data: 'screen' });
});

test('a viewer that asks for it only looks; another mode is refused', async (t) => {
  const { fake, path, open, refused } = await scene(t);
  await messageOf(await open({ path: `${path}?cols=90&rows=20&mode=view` }));
  await messageOf(await open());
  assert.deepEqual(
    fake.terminals.viewers.map(({ seat }) => seat),
    [
      { cols: 90, rows: 20, readOnly: true },
      { cols: 80, rows: 24, readOnly: false },
    ],
  );
  assert.match(
    (await refused(400, { path: `${path}?mode=drive` })).message,
    /mode: expected one of "type", "view"/,
  );
});

test('a snapshot of any size reaches its viewer, and output behind it', async (t) => {
  const { fake, open } = await scene(t);
  const viewer = await open();
  await messageOf(viewer);
  // As of a wide screen whose every character has a colour of its own.
  const data = '\x1b[38;2;1;2;3mx'.repeat(1024 * 1024);
  fake.terminals.viewers[0]?.channel.sendMessage({ type: 'snapshot', cols: 80, rows: 24, data });
  fake.terminals.viewers[0]?.channel.sendBytes(new Uint8Array(64 * 1024));
  const snapshot = await messageOf(viewer);
  assert.ok(snapshot.type === 'snapshot' && snapshot.data.length === data.length);
  assert.ok('bytes' in (await viewer.frame()));
});

test('frames sent before the terminal is attached are kept, in order', async (t) => {
  const { fake, open } = await scene(t);
  const gate = Promise.withResolvers<void>();
  fake.terminals.gate = gate.promise;
  const viewer = await open();
  for (let i = 0; i < 200; i++) viewer.socket.send(Buffer.from(`${i} `));
  await new Promise<void>((resolve) => viewer.socket.send(Buffer.from('end'), () => resolve()));
  assert.equal(fake.terminals.viewers.length, 0);
  gate.resolve();
  await until(() => fake.terminals.viewers[0]?.inputs.length === 201, 'all frames arrive');
  const expected = Array.from({ length: 200 }, (_, i) => `${i} `).join('');
  assert.equal(fake.terminals.viewers[0]?.inputs.join(''), `${expected}end`);
});

test('a viewer that goes away is detached, also while it is being attached', async (t) => {
  const { fake, open } = await scene(t);
  const first = await open();
  await messageOf(first);
  first.socket.close();
  await until(() => fake.terminals.viewers[0]?.detached === 1, 'the first viewer is detached');
  const gate = Promise.withResolvers<void>();
  fake.terminals.gate = gate.promise;
  const second = await open();
  second.socket.terminate();
  await second.closeCode();
  gate.resolve();
  await until(() => (fake.terminals.viewers[1]?.detached ?? 0) > 0, 'the second viewer is detached');
});

for (const [what, frame, expected] of [
  ['no JSON', '{', /expected JSON/],
  ['no object', '5', /expected an object, found 5/],
  ['an unknown type', '{"type":"shout"}', /type: expected one of "resize", "ack", "clear", found "shout"/],
  ['too many columns', '{"type":"resize","cols":501,"rows":24}', /cols: expected at most 500, found 501/],
  ['half a row', '{"type":"resize","cols":80,"rows":0.5}', /rows: expected a whole number, found 0.5/],
  ['a negative ack', '{"type":"ack","bytes":-1}', /bytes: expected at least 1, found -1/],
  ['an unknown field', '{"type":"ack","bytes":1,"x":1}', /only known fields, found "x"/],
] as const) {
  test(`a message with ${what} is answered by an error frame and close 1008; the terminal lives on`, async (t) => {
    const { fake, open } = await scene(t);
    const viewer = await open();
    await messageOf(viewer);
    viewer.socket.send(frame);
    const answer = await messageOf(viewer);
    assert.ok(answer.type === 'error' && answer.code === 'bad-message', JSON.stringify(answer));
    assert.match(answer.message, expected);
    assert.equal(await viewer.closeCode(), CLOSE.badMessage);
    await until(() => fake.terminals.viewers[0]?.detached === 1, 'the viewer is detached');
    assert.deepEqual(fake.terminals.ended, []);
    await messageOf(await open());
  });
}

for (const size of [MAX_VIEWER_FRAME + 1, 4 * 1024 * 1024]) {
  test(`a frame of ${size} bytes is answered by an error frame and close 1009`, async (t) => {
    const { fake, open } = await scene(t);
    const viewer = await open();
    await messageOf(viewer);
    viewer.socket.send(Buffer.alloc(size, 'x'));
    const answer = await messageOf(viewer);
    assert.ok(answer.type === 'error' && answer.code === 'too-large');
    assert.match(answer.message, /at most 65536 bytes/);
    assert.equal(await viewer.closeCode(), CLOSE.tooBig);
    assert.deepEqual(fake.terminals.viewers[0]?.inputs, []);
    await messageOf(await open());
  });
}

test('a frame of exactly the bound is taken', async (t) => {
  const { fake, open } = await scene(t);
  const viewer = await open();
  viewer.socket.send(Buffer.alloc(MAX_VIEWER_FRAME, 'x'));
  await until(() => fake.terminals.viewers[0]?.inputs.length === 1, 'the frame arrives');
  assert.equal(fake.terminals.viewers[0]?.inputs[0]?.length, MAX_VIEWER_FRAME);
});

test('upgrades are refused as HTTP, in the error form', async (t) => {
  const { path, id, refused, learner, app } = await scene(t);
  assert.equal((await refused(403, { headers: { origin: 'https://evil.example' } })).code, 'forbidden');
  assert.equal((await refused(403, { headers: { origin: 'null' } })).code, 'forbidden');
  assert.equal((await refused(403, { headers: { host: 'evil.example' } })).code, 'forbidden');
  assert.equal((await refused(404, { headers: { cookie: '' } })).code, 'not-found');
  assert.equal((await refused(404, { path: '/api/sandboxes/nope/terminals/main' })).code, 'not-found');
  assert.match((await refused(404, { path: `/api/sandboxes/${id}/terminals/second` })).message, /only main/);
  assert.equal((await refused(404, { path: '/api/elsewhere' })).code, 'not-found');
  assert.match(
    (await refused(400, { path: `${path}?cols=1` })).message,
    /cols: expected at least 2, found "1"/,
  );
  assert.match((await refused(400, { path: `${path}?rows=201` })).message, /rows: expected at most 200/);
  assert.match(
    (await refused(400, { path: `${path}?cols=wide` })).message,
    /cols: expected a number, found "wide"/,
  );
  assert.match((await refused(400, { protocols: ['other'] })).message, /expected drydock.v1, found other/);
  assert.match((await refused(400, { protocols: [] })).message, /expected drydock.v1, found nothing/);
  const stranger = new Learner(app);
  await stranger.ask('GET', '/api/lessons');
  assert.equal((await refused(404, { headers: { cookie: stranger.cookie } })).code, 'not-found');
  assert.notEqual(stranger.cookie, learner.cookie);
});

test('pages of this host and of allowed origins may connect', async (t) => {
  const { port, open } = await scene(t);
  await messageOf(await open({ headers: { origin: `http://127.0.0.1:${port}` } }));
  await messageOf(await open({ headers: { origin: 'https://learn.example.org' } }));
});

test('an upgrade without a proper key is refused in the error form', async (t) => {
  const { port, path, learner } = await scene(t);
  const socket = connect(port, '127.0.0.1');
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Cookie: ${learner.cookie}`,
    'Upgrade: websocket',
  ];
  lines.push(
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: drydock.v1',
    '',
    '',
  );
  socket.end(lines.join('\r\n'));
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  assert.match(answer, /^HTTP\/1.1 400 /);
  assert.equal(JSON.parse(answer.split('\r\n\r\n')[1] ?? '').error.code, 'invalid');
});

test('an upgrade to something else is answered as if it had not asked', async (t) => {
  const { port } = await scene(t);
  const status = await new Promise((resolve, reject) => {
    const headers = { connection: 'upgrade', upgrade: 'h2c' };
    request({ port, host: '127.0.0.1', path: '/healthz', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 200);
});

test('a sandbox that is not ready has no terminal to look at', async (t) => {
  const { fake, id, refused } = await scene(t);
  const entry = fake.registry.entries.get(id);
  assert.ok(entry);
  fake.registry.change({ ...entry, state: 'starting' });
  assert.deepEqual((await refused(409)).details, { state: 'starting' });
  fake.registry.change({ ...entry, state: 'ended', reason: "The lab's time is up." });
  assert.equal((await refused(409)).message, "The lab's time is up.");
});

test('an engine that does not answer refuses the upgrade; one that fails later ends the connection', async (t) => {
  const { fake, open, refused } = await scene(t);
  fake.registry.sandboxFault = new DrydockError('engine-unavailable', 'Docker does not answer.');
  assert.equal((await refused(503)).message, 'Docker does not answer.');
  fake.registry.sandboxFault = undefined;
  fake.terminals.fault = new DrydockError('engine-unavailable', 'Docker does not answer.');
  const viewer = await open();
  assert.deepEqual(await messageOf(viewer), {
    type: 'error',
    code: 'engine-unavailable',
    message: 'Docker does not answer.',
  });
  assert.equal(await viewer.closeCode(), CLOSE.engineUnavailable);
  fake.terminals.fault = new Error('secret path');
  const other = await open();
  assert.deepEqual(await messageOf(other), {
    type: 'error',
    code: 'internal',
    message: 'The server failed.',
  });
  assert.equal(await other.closeCode(), CLOSE.internal);
});

test('a reset ends the old terminal, the end of the sandbox ends the current one', async (t) => {
  const { fake, learner, id, open } = await scene(t);
  const before = await open();
  await messageOf(before);
  await learner.ask('POST', `/api/sandboxes/${id}/reset`);
  assert.equal(await before.closeCode(), CLOSE.reset);
  const after = await open();
  await messageOf(after);
  assert.equal(fake.terminals.viewers[1]?.key, `${id}/2/main`);
  await learner.ask('DELETE', `/api/sandboxes/${id}`);
  assert.deepEqual(await messageOf(after), { type: 'exit', reason: 'sandbox-ended', code: null });
  assert.equal(await after.closeCode(), CLOSE.ended);
  assert.deepEqual(fake.terminals.ended, [
    { key: `${id}/1/main`, code: CLOSE.reset },
    { key: `${id}/2/main`, code: CLOSE.ended },
  ]);
});

test('a reset while the viewer is being attached sends it to the fresh terminal', async (t) => {
  const { fake, learner, id, open } = await scene(t);
  const gate = Promise.withResolvers<void>();
  fake.terminals.gate = gate.promise;
  const viewer = await open();
  await learner.ask('POST', `/api/sandboxes/${id}/reset`);
  gate.resolve();
  assert.equal(await viewer.closeCode(), CLOSE.reset);
});

test('a main shell that ends for good ends its sandbox, one that was lost or replaced does not', async (t) => {
  const { fake, id } = await scene(t);
  const ended = endsSandbox(fake.registry);
  ended(`${id}/1/main`, { lost: true });
  ended(`${id}/0/main`, { lost: false });
  assert.equal(fake.registry.entries.get(id)?.state, 'ready');
  ended(`${id}/1/main`, { lost: false });
  assert.equal(fake.registry.entries.get(id)?.state, 'ended');
});

test('a viewer that answers no ping is dropped, one that answers stays', async (t) => {
  const { fake, open } = await scene(t, { timing: { pingMs: 50, heartbeatMs: 1000 } });
  const alive = await open();
  const dead = await open();
  await messageOf(alive);
  await messageOf(dead);
  let pings = 0;
  alive.socket.on('ping', () => pings++);
  dead.socket.pause();
  await until(() => fake.terminals.viewers[1]?.detached === 1, 'the silent viewer is dropped');
  await until(() => pings > 5, 'more pings');
  assert.equal(fake.terminals.viewers[0]?.detached, 0);
});

test('a viewer that does not read is dropped before it fills the memory', async (t) => {
  const { fake, open } = await scene(t);
  const viewer = await open();
  await messageOf(viewer);
  viewer.socket.pause();
  const [attached] = fake.terminals.viewers;
  assert.ok(attached);
  const megabyte = Buffer.alloc(1024 * 1024);
  let sent = 0;
  for (; attached.detached === 0 && sent < 64; sent++) {
    attached.channel.sendBytes(megabyte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => attached.detached === 1, 'the viewer is dropped');
  assert.ok(sent < 64, `it took ${sent} MB`);
});

test('a terminal has a bounded number of viewers; one that leaves makes room', async (t) => {
  const { fake, open, refused } = await scene(t);
  const viewers = await Promise.all(Array.from({ length: 32 }, () => open()));
  assert.equal((await refused(429)).code, 'busy');
  viewers[0]?.socket.close();
  await until(() => fake.terminals.count().viewers < 32, 'one has left');
  await messageOf(await open());
});

test('closing the app sends viewers away with 1001 and detaches them', async (t) => {
  const { fake, app, open } = await scene(t);
  const viewer = await open();
  await messageOf(viewer);
  await app.close();
  assert.equal(await viewer.closeCode(), CLOSE.goingAway);
  assert.equal(fake.terminals.viewers[0]?.detached, 1);
  fake.cleanUp();
  assert.equal(fake.registry.listeners, 0);
});

test('closing the app does not wait for a viewer that does not answer', async (t) => {
  const { app, open } = await scene(t);
  const viewer = await open();
  await messageOf(viewer);
  viewer.socket.pause();
  await app.close();
});
