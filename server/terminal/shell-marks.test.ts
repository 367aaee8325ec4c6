import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmulator } from './emulator.ts';
import { ShellMarks, type ShellMark } from './shell-marks.ts';
import { feed, snapshotOf, bytes } from './testing.ts';

const SIZE = { cols: 20, rows: 6 };
const PROMPT = '\x1b]133;A\x07\x1b[32mme\x1b[0m$ \x1b]133;B\x07';
const COMMAND = 'ls\r\n\x1b]133;C;1\x07file\r\n\x1b]133;D;2\x07';

function open() {
  const emulator = openEmulator(SIZE);
  const told: ShellMark[] = [];
  const marks = new ShellMarks(emulator.terminal, (mark) => told.push(mark));
  return { emulator, told, marks, print: (text: string) => feed(emulator, text) };
}

test('marks mean the same wherever the output is cut, and nothing of them is seen', async () => {
  const stream = `${PROMPT}${COMMAND}${PROMPT}`;
  for (let cut = 0; cut <= stream.length; cut++) {
    const { emulator, told, marks, print } = open();
    await print(stream.slice(0, cut));
    await print(stream.slice(cut));
    assert.deepEqual(told, [
      { kind: 'prompt' },
      { kind: 'command' },
      { kind: 'done', code: 2 },
      { kind: 'prompt' },
    ]);
    assert.ok(marks.isFree);
    const { active } = emulator.terminal.buffer;
    assert.equal(active.getLine(0)?.translateToString(true), 'me$ ls');
    assert.equal(active.getLine(2)?.translateToString(true).trimEnd(), 'me$');
  }
});

test('a prompt that is drawn again is no new one, wherever it is', async () => {
  const { told, marks, print } = open();
  await print(`${PROMPT}l`);
  assert.ok(!marks.isFree);
  await print('\r\nlater  ls\r\nme$ \x1b]133;B\x07l');
  assert.deepEqual(told, [{ kind: 'prompt' }]);
  assert.equal(marks.line, 'l');
  await print('\b\x1b[K');
  assert.ok(marks.isFree);
});

test('what a program prints of its own does no more than tell something that is not so', async () => {
  const { told, marks, print } = open();
  await print(PROMPT);
  await print(`\x1b]133;D;1\x07\x1b]133;D\x07\x1b]133;\x07\x1b]133;Z\x07\x1b]133;P\x07\x1b]133;P;k=x\x07`);
  assert.deepEqual(told, [{ kind: 'prompt' }], 'nothing has begun that could end');
  await print(`\x1b]133;C;${'x'.repeat(5000)}\x07\x1b]133;D;${'9'.repeat(5000)}\x07\x1b]133;D;4\x07`);
  assert.deepEqual(told.slice(1), [{ kind: 'command' }, { kind: 'done', code: null }]);
  assert.equal(marks.isFree, false);
  await print(PROMPT);
  assert.ok(marks.isFree);
});

test('a command whose end was not told has ended when the prompt is back', async () => {
  const { told, print } = open();
  await print(`${PROMPT}\x1b]133;C\x07\x1b]133;A\x07$ \x1b]133;B\x07`);
  assert.deepEqual(told.slice(1), [{ kind: 'command' }, { kind: 'done', code: null }, { kind: 'prompt' }]);
});

test('what stands at the prompt: over several rows, in wide characters, after scrolling and another width', async () => {
  const { emulator, marks, print } = open();
  await print(`${'line\r\n'.repeat(10)}${PROMPT}echo ${'漢字 word '.repeat(4)}`);
  const line = `echo ${'漢字 word '.repeat(4)}`.trimEnd();
  assert.equal(marks.line.replaceAll(' ', ''), line.replaceAll(' ', ''));
  emulator.terminal.resize(60, 6);
  assert.equal(marks.line.replaceAll(' ', ''), line.replaceAll(' ', ''));
  assert.ok(!marks.isFree);
});

test('a full-screen program is no free prompt, and a cleared screen forgets where the prompt was', async () => {
  const { marks, print } = open();
  await print(`${PROMPT}\x1b[?1049h`);
  assert.ok(!marks.isFree);
  await print('\x1b[?1049l');
  assert.ok(marks.isFree);
  await print('\x1bc');
  assert.ok(!marks.isFree);
  await print(PROMPT);
  assert.ok(marks.isFree);
});

test('a snapshot keeps where the shell stands; none of its marks that would count again is in it', async () => {
  for (const [text, state] of [
    ['plain', undefined],
    [PROMPT, { place: 'prompt', column: 4, rowsUp: 0 }],
    [`${PROMPT}${'x'.repeat(30)}`, { place: 'prompt', column: 4, rowsUp: 1 }],
    [`${PROMPT}for\r\n> \x1b]133;P;k=s\x07`, { place: 'more', column: 4, rowsUp: 1 }],
    [`${PROMPT}ls\r\n\x1b]133;C\x07`, { place: 'command', column: 4, rowsUp: 1 }],
    [`${PROMPT}\x1b[?1049h`, { place: 'command', column: 0, rowsUp: 0 }],
  ] as const) {
    const snapshot = await snapshotOf(bytes(text), SIZE);
    assert.deepEqual(snapshot.shell, state);
    assert.doesNotMatch(snapshot.data, /133;[A-DP]/);
    const next = open();
    await next.print(snapshot.data);
    if (snapshot.shell) next.marks.restore(snapshot.shell);
    assert.deepEqual(next.marks.state, state?.column === 0 ? { ...state } : state);
    assert.deepEqual(next.told, []);
    assert.equal(next.marks.isFree, text === PROMPT);
  }
});
