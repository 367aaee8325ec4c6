import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { LineTypist, typedLines } from './line-typist.ts';
import type { ShellPlace } from './shell-marks.ts';

/** A place that keeps what is sent, on a clock that the test moves. */
function sit(t: TestContext, text: string) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const world = { sent: [] as string[], place: 'prompt' as ShellPlace, column: 2 };
  const typist = new LineTypist(typedLines(text), {
    send: (keys) => world.sent.push(keys),
    shell: () => world.place,
    column: () => world.column,
  });
  return { world, typist };
}

test('the first line is typed at once, each other one when the shell asks for it', async (t) => {
  const { world, typist } = sit(t, 'for i in 1\ndo echo\ndone\n\nls\n');
  assert.deepEqual(world.sent, ['for i in 1\r']);
  typist.marked({ kind: 'more' });
  typist.marked({ kind: 'more' });
  assert.deepEqual(world.sent.slice(1), ['do echo\r', 'done\r']);
  world.place = 'command';
  typist.marked({ kind: 'command' });
  typist.marked({ kind: 'done', code: 0 });
  assert.equal(world.sent.length, 3, 'the end of a command is no prompt yet');
  world.place = 'prompt';
  typist.marked({ kind: 'prompt' });
  assert.deepEqual(world.sent.slice(3), ['ls\r']);
  assert.equal(typist.isBusy, false);
  assert.equal(await typist.ended, 'done');
});

test('a program that has gone quiet behind something gets the next line; one that prints, or stands at an edge, does not', (t) => {
  const { world, typist } = sit(t, 'python3\n1 + 1\nexit()');
  world.place = 'command';
  for (let i = 0; i < 5; i++) {
    t.mock.timers.tick(1400);
    typist.printed();
  }
  assert.equal(world.sent.length, 1);
  world.column = 0;
  t.mock.timers.tick(1500);
  assert.equal(world.sent.length, 1);
  // Only output can move the cursor.
  typist.printed();
  world.column = 4;
  t.mock.timers.tick(1500);
  assert.deepEqual(world.sent, ['python3\r', '1 + 1\r']);
});

test('a line that takes too long ends it, and so does stopping; nothing is typed after that', async (t) => {
  const late = sit(t, 'sleep 1000\nls');
  late.world.column = 0;
  t.mock.timers.tick(119_999);
  assert.equal(late.typist.isBusy, true);
  t.mock.timers.tick(1);
  assert.equal(await late.typist.ended, 'late');
  late.typist.marked({ kind: 'prompt' });
  t.mock.timers.reset();
  const stopped = sit(t, 'sleep 1\nls');
  stopped.typist.stop();
  stopped.typist.printed();
  stopped.typist.marked({ kind: 'prompt' });
  t.mock.timers.tick(200_000);
  assert.equal(await stopped.typist.ended, 'stopped');
  assert.deepEqual([...late.world.sent, ...stopped.world.sent], ['sleep 1000\r', 'sleep 1\r']);
});

test('lines: line ends of all kinds, no control characters but tabs, nothing empty around', () => {
  assert.deepEqual(typedLines('\n\na\r\nb\rc\n\n\td\x1b[A\x00\x9b\n  \n'), ['a', 'b', 'c', '', '\td[A']);
  assert.deepEqual(typedLines('\x03'), ['']);
});
