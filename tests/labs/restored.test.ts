/**
 * Real programs of a real lab, and viewers who join between any two bytes of what they print, in the middle of sequences
 * too: each sees the same as the one who was there all along.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pty } from '../../server/sandbox/engine.ts';
import { Terminals } from '../../server/terminal/terminals.ts';
import { bytes, drawn, MemoryChannel, quietLog } from '../../server/terminal/testing.ts';
import { LabBench, type Learner } from './support.ts';

const SIZE = { cols: 72, rows: 18 };

/** Output that has paused this long is all that a program prints, for now. */
const QUIET_MS = 250;
const DEADLINE_MS = 20_000;

/** Viewers that join while a program is used. */
const MOST_VIEWERS = 50;

let bench: LabBench;
let learner: Learner;

before(async () => {
  bench = await LabBench.open('python');
  learner = await bench.learner();
});
after(() => bench.close());

/** What a program prints, piece by piece: `between` is called after each piece, and the next one waits for it. */
function inPieces(pty: Pty, between: (piece: number) => Promise<void>): Pty {
  let number = 0;
  let line = Promise.resolve();
  const onData: Pty['onData'] = (listener) =>
    pty.onData((data) => {
      // Lengths without a pattern that sequences could share.
      for (let start = 0, end; start < data.length; start = end) {
        end = Math.min(data.length, start + 1 + ((number * 7 + start * 13) % 97));
        const piece = data.slice(start, end);
        line = line.then(() => {
          listener(piece);
          return between(number++);
        });
      }
    });
  return {
    write: (data) => pty.write(data),
    resize: (size) => pty.resize(size),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    detach: () => pty.detach(),
    onExit: (listener) => pty.onExit(listener),
    onData,
  };
}

/** Types each of the keys in turn into a fresh terminal, and asserts that all viewers saw the same in the end. */
async function allSeeTheSame(keys: readonly string[], expected: RegExp): Promise<void> {
  const terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  const channels = [new MemoryChannel()];
  const [first] = channels as [MemoryChannel];
  let pieceAt = performance.now();
  const pty = inPieces(await learner.sandbox.open(SIZE), async (piece) => {
    pieceAt = performance.now();
    if (piece % 5 !== 2 || channels.length > MOST_VIEWERS) return;
    const channel = new MemoryChannel();
    channels.push(channel);
    await terminals.attach('key', () => assert.fail('it is open'), channel, SIZE);
  });
  const viewer = await terminals.attach('key', () => Promise.resolve(pty), first, SIZE);
  const rest = async (): Promise<void> => {
    for (const end = performance.now() + DEADLINE_MS; performance.now() - pieceAt < QUIET_MS; await sleep(20))
      assert.ok(performance.now() < end, 'the program prints without end');
    viewer.message({ type: 'ack', bytes: 1024 * 1024 });
  };
  await sleep(QUIET_MS);
  await rest();
  for (const text of keys) {
    viewer.input(bytes(text));
    pieceAt = performance.now();
    await rest();
  }
  const want = await drawn(first);
  assert.match(want.join('\n'), expected);
  assert.ok(channels.length > 3, `${channels.length} viewers`);
  for (const [index, channel] of channels.entries())
    assert.deepEqual(await drawn(channel), want, `viewer ${index}`);
  await terminals.close();
}

const TEXT = String.raw`\e[1;31mred\e[0m \e[48;2;1;2;3m漢字かな\e[0m e\u0301 🙂👍🏽 \e[4:3mcurly\e[0m`;

test('a plain shell with colours, wide characters, emoji and a line that wraps', () =>
  allSeeTheSame(
    [
      `printf '${TEXT}\\n'; seq 1 40\r`,
      'ls -la --color /\r',
      `echo ${'long line '.repeat(12)}\r`,
      'half a command \x1b[D\x1b[D',
    ],
    /half a command/,
  ));

test('vim, with the mouse, a selection and a split screen', () =>
  allSeeTheSame(
    [
      'vim -u NONE -N -n notes.txt\r',
      ':set mouse=a number hlsearch | syntax on\r',
      'ifirst 漢字 🙂\rsecond line\x1b',
      'yy20p/second\r',
      ':split\r',
      'v2j',
    ],
    /buffer alternate[\s\S]*VISUAL/,
  ));

test('less, with colours, a search and a long way down', () =>
  allSeeTheSame(
    [
      `(for i in $(seq 300); do printf "$i ${TEXT}\\n"; done) >colours; less -R colours\r`,
      '/250 \r',
      '  bb',
      '\x1b[A\x1b[A',
    ],
    /buffer alternate/,
  ));

test('a monitor that draws itself again and again', () =>
  allSeeTheSame(['top -d 0.1 -n 12\r', '\x03', 'echo over\r'], /over/));

test('htop, with its colours, its mouse and its menus', () =>
  allSeeTheSame(['htop -d 20\r', 'j', 't', '\x1bOP', '\x1b', '/bash\r', 'qecho over\r'], /over/));

test('Python at its prompt, with colours and a paste in brackets', () =>
  allSeeTheSame(
    [
      'python3\r',
      "for i in range(3): print(f'\\x1b[3{i+1}m漢字 {i}\\x1b[0m 🙂')\r\r",
      '\x1b[200~x = [1,\n2]\x1b[201~\r',
      'import th\t\t',
    ],
    />>> /,
  ));
