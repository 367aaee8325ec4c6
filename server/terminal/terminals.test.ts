import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { HIGH_WATER, LOW_WATER } from '../../protocol/flow.ts';
import { CLOSE } from '../../protocol/messages.ts';
import { DrydockError } from '../errors.ts';
import type { Pty } from '../sandbox/engine.ts';
import { openEmulator } from './emulator.ts';
import { Terminals } from './terminals.ts';
import type { Exit, Seat } from './terminals.ts';
import { bytes, describe, drawn, feed, MemoryChannel, MemoryPty, quietLog, until } from './testing.ts';

const SIZE = { cols: 40, rows: 10 };
const ENDED = {
  code: CLOSE.ended,
  reason: 'ended',
  message: { type: 'exit', reason: 'sandbox-ended', code: null },
} as const;

function setUp() {
  const pty = new MemoryPty();
  const ended: [string, Exit][] = [];
  const log = quietLog();
  const terminals = new Terminals({
    log,
    journalFolder: undefined,
    onEnded: (key, exit) => ended.push([key, exit]),
  });
  const attach = (channel: MemoryChannel, seat: Seat = SIZE) =>
    terminals.attach('box/1/main', () => Promise.resolve(pty), channel, seat);
  return { pty, ended, log, terminals, attach };
}

async function expected(text: string): Promise<string[]> {
  const emulator = openEmulator(SIZE);
  await feed(emulator, text);
  const all = describe(emulator);
  emulator.terminal.dispose();
  return all;
}

test('the first viewer gets a blank snapshot, then output in order', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  await attach(channel);
  assert.equal(channel.messages[0]?.type, 'snapshot');
  for (let i = 0; i < 500; i++) pty.emit(`${i},`);
  const all = Array.from({ length: 500 }, (_, i) => `${i},`).join('');
  await until(() => channel.bytes === all.length, 'all output');
  assert.ok(channel.text.endsWith(all));
  assert.ok(channel.received.length < 50, `${channel.received.length} frames for output of one moment`);
  await terminals.close();
});

test('the echo of a keystroke is passed on at once', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  await attach(channel);
  pty.emit('x');
  assert.equal(channel.bytes, 1);
  await terminals.close();
});

test('a viewer who joins during output loses nothing and gets nothing twice', async () => {
  const { pty, terminals, attach } = setUp();
  const first = new MemoryChannel();
  const viewer = await attach(first);
  let text = '';
  const channels: MemoryChannel[] = [];
  for (let i = 0; i < 60; i++) {
    const line = `line ${i} ${'é漢'.repeat(i % 30)}\r\n`;
    text += line;
    pty.emit(line);
    if (i % 7 === 3) {
      const channel = new MemoryChannel();
      channels.push(channel);
      void attach(channel);
    }
    if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  viewer.message({ type: 'ack', bytes: 100_000 });
  const want = await expected(text);
  await until(() => first.text.includes('line 59'), 'the last line');
  assert.deepEqual(await drawn(first), want);
  for (const channel of channels) assert.deepEqual(await drawn(channel), want);
  await terminals.close();
});

test('the program waits when its only viewer has enough, and goes on when that has drawn', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  const viewer = await attach(channel);
  const chunk = 'y\r\n'.repeat(1000);
  let emitted = 0;
  while (!pty.paused && emitted < 10 * HIGH_WATER) {
    pty.emit(chunk);
    emitted += chunk.length;
  }
  assert.ok(pty.paused, 'paused');
  assert.ok(
    channel.bytes > HIGH_WATER && channel.bytes <= HIGH_WATER + 64 * 1024,
    `${channel.bytes} bytes under way`,
  );
  viewer.message({ type: 'ack', bytes: channel.bytes - LOW_WATER - 1 });
  assert.ok(pty.paused, 'still paused above the low mark');
  viewer.input(new TextEncoder().encode('\x03'));
  assert.equal(pty.written, '\x03', 'Ctrl-C reaches a program that waits');
  viewer.message({ type: 'ack', bytes: 1 });
  assert.ok(!pty.paused, 'goes on at the low mark');
  await terminals.close();
});

test('more acknowledged than sent gives no credit', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  const viewer = await attach(channel);
  for (let i = 0; i < 10; i++) viewer.message({ type: 'ack', bytes: 16 * 1024 * 1024 });
  for (let i = 0; i < 100; i++) pty.emit('z'.repeat(4096));
  assert.ok(channel.bytes <= HIGH_WATER + 32 * 1024, `${channel.bytes} bytes sent`);
  assert.ok(pty.paused);
  await terminals.close();
});

test('one slow viewer slows neither the program nor the others, and catches up with a snapshot', async () => {
  const { pty, terminals, attach } = setUp();
  const fast = new MemoryChannel();
  const slow = new MemoryChannel();
  const fastViewer = await attach(fast);
  const slowViewer = await attach(slow);
  let text = '';
  for (let i = 0; i < 300; i++) {
    const chunk = `${i} ${'·'.repeat(2000)}\r\n`;
    text += chunk;
    pty.emit(chunk);
    fastViewer.message({ type: 'ack', bytes: 8192 });
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    fastViewer.message({ type: 'ack', bytes: 16 * 8192 });
  }
  await until(() => fast.text.endsWith('\r\n') && fast.text.includes('299 '), 'the fast one has all');
  assert.ok(!pty.paused, 'the program runs');
  assert.ok(slow.bytes <= HIGH_WATER + 32 * 1024, 'the slow one got its window and no more');
  assert.equal(slow.messages.filter((message) => message.type === 'snapshot').length, 1);
  slowViewer.message({ type: 'ack', bytes: slow.bytes });
  await until(
    () => slow.messages.filter((message) => message.type === 'snapshot').length === 2,
    'a second snapshot',
  );
  const want = await expected(text);
  assert.deepEqual(await drawn(slow), want);
  assert.deepEqual(await drawn(fast), want);
  await terminals.close();
});

test('the size is that of the window in which was typed last, and all are told at the same place in the output', async () => {
  const { pty, terminals, attach } = setUp();
  const [a, b] = [new MemoryChannel(), new MemoryChannel()];
  const first = await attach(a);
  const second = await attach(b, { cols: 50, rows: 12 });
  assert.deepEqual(
    b.messages,
    [{ ...b.messages[0], type: 'snapshot', ...SIZE }],
    'who comes later changes nothing',
  );
  second.message({ type: 'resize', cols: 55, rows: 12 });
  assert.deepEqual(pty.sizes, [SIZE], 'nor does the window of who only looks on');
  second.input(bytes('\x1b[?62;c'));
  second.input(bytes('\x1b[I'));
  assert.deepEqual(pty.sizes, [SIZE], 'nor what its terminal sends by itself');
  pty.emit('before');
  second.input(bytes('x'));
  pty.emit('after');
  await until(() => a.text.endsWith('after') && b.text.endsWith('after'), 'all output');
  const resize = { type: 'resize', cols: 55, rows: 12 } as const;
  for (const { received } of [a, b]) {
    assert.deepEqual(
      received.slice(1).map((item) => (item instanceof Uint8Array ? Buffer.from(item).toString() : item)),
      ['before', resize, 'after'],
    );
  }
  second.message(resize);
  assert.deepEqual(pty.sizes, [SIZE, { cols: 55, rows: 12 }], 'the same size again does nothing');
  first.message({ type: 'resize', cols: 41, rows: 11 });
  assert.equal(pty.sizes.length, 2);
  second.detach();
  assert.deepEqual(pty.sizes.at(-1), { cols: 41, rows: 11 }, 'who is left has it');
  await terminals.close();
});

test('what is cleared is gone for all viewers and for those who come; a full-screen program keeps its screen', async () => {
  const { pty, terminals, attach } = setUp();
  const [a, b] = [new MemoryChannel(), new MemoryChannel()];
  const viewer = await attach(a);
  await attach(b);
  pty.emit(`${'secret\r\n'.repeat(50)}$ echo`);
  viewer.message({ type: 'clear' });
  const joined = new MemoryChannel();
  await attach(joined);
  await until(() => [a, b].every(({ messages }) => messages.length === 2), 'snapshots');
  const want = await expected('$ echo');
  for (const channel of [a, b, joined]) assert.deepEqual(await drawn(channel), want);
  pty.emit('\x1b[?1049hvim');
  viewer.message({ type: 'clear' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(a.messages.length, 2);
  const looking = await attach(new MemoryChannel(), { ...SIZE, readOnly: true });
  pty.emit('\x1b[?1049l more');
  looking.message({ type: 'clear' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(a.messages.length, 2, 'nor does who only looks');
  await terminals.close();
});

test('a viewer that only looks sees all and changes nothing, and is told so when it types', async () => {
  const { pty, terminals, attach } = setUp();
  const [look, write] = [new MemoryChannel(), new MemoryChannel()];
  const looking = await attach(look, { cols: 99, rows: 33, readOnly: true });
  pty.emit('a question \x1b[5n');
  await until(() => pty.written === '\x1b[0n', 'the screen answers, since no viewer may');
  const viewer = await attach(write);
  assert.deepEqual(pty.sizes.at(-1), SIZE);
  looking.message({ type: 'resize', cols: 60, rows: 30 });
  looking.input(bytes('\x1b[0n'));
  looking.input(bytes('\x1b[O'));
  assert.deepEqual([pty.sizes.at(-1), pty.written, look.closed], [SIZE, '\x1b[0n', undefined]);
  for (let sent = 0; sent < 4 * HIGH_WATER; sent += 4096) {
    pty.emit('z'.repeat(4096));
    viewer.message({ type: 'ack', bytes: 16_384 });
  }
  assert.equal(pty.paused, false, 'nobody waits for it');
  viewer.detach();
  for (let sent = 0; sent < 4 * HIGH_WATER; sent += 4096) pty.emit('z'.repeat(4096));
  await until(() => !pty.paused, 'not even when it is alone');
  looking.input(bytes('rm -rf ~\r'));
  assert.equal(pty.written, '\x1b[0n');
  const last = look.messages.at(-1);
  assert.ok(last?.type === 'error' && last.code === 'read-only', JSON.stringify(last));
  assert.equal(look.closed?.code, CLOSE.badMessage);
  looking.detach();
  assert.deepEqual(terminals.count(), { sessions: 1, viewers: 0 });
  await terminals.close();
});

test('the end of the sandbox: all output, then exit, then close', async () => {
  const { pty, ended, terminals, attach } = setUp();
  const [live, full] = [new MemoryChannel(), new MemoryChannel()];
  const viewer = await attach(live);
  await attach(full);
  for (let i = 0; i < 100; i++) {
    pty.emit(`${'f'.repeat(4094)}\r\n`);
    viewer.message({ type: 'ack', bytes: 1024 * 1024 });
  }
  pty.emit('last words');
  pty.exit({ code: 7, lost: false });
  for (const channel of [live, full]) {
    await until(() => channel.closed !== undefined, 'closed');
    assert.ok(
      channel.text.endsWith('last words') || channel.text.includes('last words\x1b'),
      'output before exit',
    );
    assert.deepEqual(channel.messages.at(-1), { type: 'exit', reason: 'sandbox-ended', code: 7 });
    assert.equal(channel.closed?.code, CLOSE.ended);
  }
  assert.deepEqual(ended, [['box/1/main', { code: 7, lost: false }]]);
  assert.deepEqual(terminals.count(), { sessions: 0, viewers: 0 });
  await until(() => pty.subscribers === 0, 'subscriptions ended');
  await terminals.close();
});

test('the end of a further shell is told as that, and attaching again opens a fresh one', async () => {
  const ptys: MemoryPty[] = [];
  const open = () => {
    ptys.push(new MemoryPty());
    return Promise.resolve(ptys.at(-1) as Pty);
  };
  const terminals = new Terminals({
    log: quietLog(),
    journalFolder: undefined,
    exitReason: () => 'shell-exited',
  });
  const channel = new MemoryChannel();
  await terminals.attach('box/1/more', open, channel, SIZE);
  ptys[0]?.exit({ code: 3, lost: false });
  await until(() => channel.closed !== undefined, 'the viewer is sent away');
  assert.deepEqual(channel.messages.at(-1), { type: 'exit', reason: 'shell-exited', code: 3 });
  assert.equal(channel.closed?.code, CLOSE.ended);
  const again = new MemoryChannel();
  await terminals.attach('box/1/more', open, again, SIZE);
  assert.equal(ptys.length, 2);
  assert.equal(again.closed, undefined);
  await terminals.close();
});

test('a lost engine closes the viewers; attaching again opens anew', async () => {
  const { pty, ended, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  await attach(channel);
  pty.exit({ code: null, lost: true });
  assert.equal(channel.closed?.code, CLOSE.engineUnavailable);
  assert.equal(
    channel.messages.some((message) => message.type === 'exit'),
    false,
  );
  assert.equal(ended[0]?.[1].lost, true);
  const again = new MemoryChannel();
  await attach(again);
  pty.emit('back');
  assert.ok(again.text.includes('back'));
  await terminals.close();
});

test('two viewers that attach while the terminal opens share it', async () => {
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const { promise, resolve } = Promise.withResolvers<Pty>();
  let opened = 0;
  const open = () => (opened++, promise);
  const channels = [new MemoryChannel(), new MemoryChannel()];
  const viewers = channels.map((channel) => terminals.attach('key', open, channel, SIZE));
  const pty = new MemoryPty();
  resolve(pty);
  await Promise.all(viewers);
  assert.equal(opened, 1);
  assert.deepEqual(terminals.count(), { sessions: 1, viewers: 2 });
  assert.deepEqual([terminals.watched('key'), terminals.watched('other')], [true, false]);
  for (const viewer of await Promise.all(viewers)) {
    viewer.detach();
    viewer.detach();
  }
  assert.deepEqual(terminals.count(), { sessions: 1, viewers: 0 });
  assert.equal(terminals.watched('key'), false);
  assert.equal(pty.detached, false, 'a terminal outlives its viewers');
  await terminals.close();
  assert.equal(pty.detached, true);
});

test('what cannot be opened rejects and leaves nothing', async () => {
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const fails = () => Promise.reject(new DrydockError('engine-unavailable', 'no engine'));
  await assert.rejects(terminals.attach('key', fails, new MemoryChannel(), SIZE), {
    code: 'engine-unavailable',
  });
  assert.deepEqual(terminals.count(), { sessions: 0, viewers: 0 });
  await terminals.close();
});

test('what cannot be opened while its journal is read rejects, and does no other harm', async (t) => {
  const journalFolder = mkdtempSync(path.join(tmpdir(), 'drydock-terminals-'));
  t.after(() => rmSync(journalFolder, { recursive: true }));
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  const terminals = new Terminals({ log: quietLog(), journalFolder });
  const fails = () => Promise.reject(new DrydockError('engine-unavailable', 'no engine'));
  await assert.rejects(terminals.attach('key', fails, new MemoryChannel(), SIZE), {
    code: 'engine-unavailable',
  });
  await sleep(20);
  assert.deepEqual(unhandled, []);
  await terminals.close();
});

test('a terminal that is ended while it opens lets go of its pty', async () => {
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const { promise, resolve } = Promise.withResolvers<Pty>();
  const attaching = terminals.attach('key', () => promise, new MemoryChannel(), SIZE);
  const rejected = assert.rejects(attaching, { code: 'conflict' });
  await new Promise((done) => setImmediate(done));
  terminals.end('key', ENDED);
  const pty = new MemoryPty();
  resolve(pty);
  await rejected;
  await until(() => pty.detached, 'detached');
  await terminals.close();
});

test('a terminal that exits while somebody attaches: attached and told, or refused', async () => {
  const { pty, terminals, attach } = setUp();
  await attach(new MemoryChannel());
  const channel = new MemoryChannel();
  const attaching = attach(channel).then(
    () => 'attached',
    (error: unknown) => (error as DrydockError).code,
  );
  pty.exit({ code: 0, lost: false });
  const outcome = await attaching;
  if (outcome === 'attached') await until(() => channel.closed?.code === CLOSE.ended, 'closed');
  else assert.equal(outcome, 'not-found');
  await terminals.close();
});

test('a viewer that leaves before its snapshot gets nothing more', async () => {
  const { pty, terminals, attach } = setUp();
  await attach(new MemoryChannel());
  pty.emit('x'.repeat(20_000));
  const channel = new MemoryChannel();
  const viewer = await attach(channel);
  viewer.detach();
  const got = channel.received.length;
  pty.emit('more');
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(channel.received.length, got);
  assert.equal(pty.paused, false, 'nobody is waited for');
  await terminals.close();
});

test('a query of the program is answered once', async () => {
  const { pty, terminals, attach } = setUp();
  const [a, b] = [new MemoryChannel(), new MemoryChannel()];
  const first = await attach(a);
  pty.emit('\x1b[c');
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(pty.written, '', 'the viewer answers, not the screen');
  const second = await attach(b);
  const answer = new TextEncoder().encode('\x1b[?1;2c');
  first.input(answer);
  second.input(answer);
  assert.equal(pty.written, '\x1b[?1;2c');
  second.input(new TextEncoder().encode('q'));
  second.input(answer);
  first.input(answer);
  assert.equal(pty.written, '\x1b[?1;2cq\x1b[?1;2c', 'whoever typed last answers');
  first.detach();
  second.detach();
  pty.emit('\x1b[6n');
  await until(() => pty.written.endsWith('R'), 'the screen answers when nobody views');
  await terminals.close();
});

test('with nobody viewing, the program runs until the screen is far behind', async () => {
  const { pty, terminals, attach } = setUp();
  const viewer = await attach(new MemoryChannel());
  viewer.detach();
  let emitted = 0;
  while (!pty.paused && emitted < 8 * 1024 * 1024) {
    pty.emit('w'.repeat(32 * 1024));
    emitted += 32 * 1024;
  }
  assert.ok(pty.paused && emitted < 2 * 1024 * 1024, `${emitted} bytes taken`);
  await until(() => !pty.paused, 'it goes on when the screen has caught up');
  await terminals.close();
});

test('end tells the viewers why and closes them', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  await attach(channel);
  terminals.end('box/1/main', { code: CLOSE.reset, reason: 'reset' });
  assert.deepEqual(channel.closed, { code: CLOSE.reset, reason: 'reset' });
  assert.equal(pty.detached, true);
  terminals.end('box/1/main', ENDED);
  terminals.end('never seen', ENDED);
  await terminals.close();
  await assert.rejects(attach(new MemoryChannel()), { code: 'conflict' });
});

test('output that the emulator fails on by itself does no harm', async () => {
  const { pty, terminals, attach } = setUp();
  const channel = new MemoryChannel();
  await attach(channel);
  pty.emit('\x1b[?1049h\x1b[10;40H\x1b[1J\rafter');
  await until(() => channel.text.endsWith('after'), 'passed on');
  const joined = new MemoryChannel();
  await attach(joined);
  await until(() => joined.text.includes('after'), 'in the snapshot');
  await terminals.close();
});
