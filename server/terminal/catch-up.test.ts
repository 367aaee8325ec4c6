import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmulator } from './emulator.ts';
import { Terminals } from './terminals.ts';
import { describe, feed, MemoryChannel, MemoryPty, quietLog, until } from './testing.ts';

const SIZE = { cols: 40, rows: 10 };
const CTRL_C = Uint8Array.of(3);
const FLOOD = 'a line of a flood\r\n'.repeat(1700);
const PROMPT = '^C\r\n\x1b]133;D;130\x07\x1b]133;A\x07$ \x1b]133;B\x07';

/** A terminal whose only viewer has more than enough to draw. */
async function flooded() {
  const pty = new MemoryPty();
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const channel = new MemoryChannel();
  const viewer = await terminals.attach('box/1/main', () => Promise.resolve(pty), channel, SIZE);
  let text = '';
  const print = (output: string): void => {
    text += output;
    pty.emit(output);
  };
  while (!pty.paused) print(FLOOD);
  const before = channel.total;
  return { pty, terminals, channel, viewer, print, printed: () => text, since: () => channel.total - before };
}

/** What is seen after the last snapshot, and what an undisturbed viewer sees. */
async function both(channel: MemoryChannel, text: string): Promise<string[][]> {
  const [seen, undisturbed] = [openEmulator(SIZE), openEmulator(SIZE)];
  const last = channel.received.findLastIndex((item) => 'type' in item && item.type === 'snapshot');
  for (const item of channel.received.slice(last)) {
    if (item instanceof Uint8Array) await feed(seen, item);
    else if (item.type === 'snapshot') await feed(seen, item.data);
  }
  await feed(undisturbed, text);
  return [describe(seen), describe(undisturbed)];
}

const snapshots = ({ messages }: MemoryChannel): number =>
  messages.filter(({ type }) => type === 'snapshot').length;

test('after Ctrl-C in a flood a viewer sees the prompt without what the engine still held', async () => {
  const { pty, terminals, channel, viewer, print, printed, since } = await flooded();
  viewer.input(CTRL_C);
  assert.equal(pty.written, '\x03');
  assert.equal(pty.paused, false, 'the rest is read at once');
  for (let n = 0; n < 40; n++) print(FLOOD);
  assert.equal(snapshots(channel), 1);
  print(PROMPT);
  await until(() => snapshots(channel) === 2, 'a snapshot with the prompt');
  assert.equal(since(), 0);
  const [seen, undisturbed] = await both(channel, printed());
  assert.deepEqual(seen, undisturbed);
  print('echo');
  await until(() => channel.end.endsWith('echo'), 'what follows');
  await terminals.close();
});

test('what stands behind the prompt in the same piece of output is seen too', async () => {
  const { terminals, channel, viewer, print, printed } = await flooded();
  viewer.input(CTRL_C);
  print(`${PROMPT}echo typed ahead`);
  await until(() => snapshots(channel) === 2, 'a snapshot with the prompt');
  print('!');
  await until(() => channel.end.endsWith('!'), 'what follows');
  const [seen, undisturbed] = await both(channel, printed());
  assert.deepEqual(seen, undisturbed);
  await terminals.close();
});

test('where no shell tells of its prompt, the viewer goes on when the output rests', async () => {
  const { terminals, channel, viewer, print, printed } = await flooded();
  viewer.input(CTRL_C);
  print(`${FLOOD}^C\r\n>>> `);
  await until(() => snapshots(channel) === 2, 'a snapshot');
  const [seen, undisturbed] = await both(channel, printed());
  assert.deepEqual(seen, undisturbed);
  await terminals.close();
});

test('a program that does not mind Ctrl-C is drawn again after a while, at the viewer’s pace', async () => {
  const { pty, terminals, channel, viewer, print } = await flooded();
  viewer.input(CTRL_C);
  const printing = setInterval(() => pty.paused || print(FLOOD), 5);
  await until(() => snapshots(channel) === 2, 'a snapshot');
  await until(() => pty.paused, 'the program waits for its viewer');
  clearInterval(printing);
  await terminals.close();
});

test('Ctrl-C that interrupts no flood costs a viewer nothing', async () => {
  const pty = new MemoryPty();
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const channel = new MemoryChannel();
  const viewer = await terminals.attach('box/1/main', () => Promise.resolve(pty), channel, SIZE);
  viewer.input(CTRL_C);
  pty.emit('^C\r\n$ ');
  assert.equal(channel.bytes, 6);
  assert.equal(snapshots(channel), 1);
  await terminals.close();
});
