import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { openEmulator } from './emulator.ts';
import { isPlain, outOfSight } from './out-of-sight.ts';
import { bytes, describe, feed, snapshotOf } from './testing.ts';

const SIZE = { cols: 20, rows: 6 };

test('text and line ends are plain, whatever else a terminal acts upon is not', () => {
  assert.ok(isPlain(bytes('one\ttwo\r\nnaïve 漢字 👍\r')));
  for (const other of ['\x1b[m', '\x07', '\b', '\x0e', '\x0b', '\x0c', '\x7f', '\u009b1m'])
    assert.ok(!isPlain(bytes(`a${other}b`)), JSON.stringify(other));
});

test('what lies before enough lines is out of sight, across chunks and from a line’s beginning on', () => {
  const lines = Array.from({ length: 10 }, (_, n) => bytes(`line ${n}\r\n`));
  assert.deepEqual(outOfSight(lines, 3), { chunks: 6, bytes: 8 });
  assert.deepEqual(outOfSight([bytes('a\r\nb\r\nc\r\nd')], 1), { chunks: 0, bytes: 6 });
  assert.deepEqual(outOfSight(lines, 10), { chunks: 0, bytes: 0 });
  assert.deepEqual(outOfSight([bytes('a\nb\nc\n')], 1), { chunks: 0, bytes: 0 });
});

/** What random streams seldom meet. */
const CASES = [
  // Outside the margins nothing scrolls: each line is written over the one before.
  ['\x1b[2;4r', '\x1b[6;1H', `a long line\r\n${'b\r\n'.repeat(2000)}`],
  // The text ends a sequence that began before it.
  ['\x1b[3', `1m${'red\r\n'.repeat(2000)}`],
  ['\x1b]2;title', `more\r\n${'title\r\n'.repeat(2000)}`, '\x07'],
  // Without a carriage return a line begins where the one before ended.
  [`${'a\n'.repeat(3)}${'b\n'.repeat(2000)}`],
];

const line = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢', 'é', '\t'), maxLength: 30 }),
  fc.constant('x'.repeat(20)),
);
const end = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');
const flood = fc
  .record({
    lines: fc.array(fc.tuple(line, end), { minLength: 1, maxLength: 8 }),
    times: fc.integer({ min: 1, max: 700 }),
  })
  .map(({ lines, times }) => lines.flat().join('').repeat(times));
const control = fc.constantFrom(
  ...[
    '\x1b[31m',
    '\x1b[0m',
    '\x1b[44m',
    '\x1b[2;4r',
    '\x1b[r',
    '\x1b[H',
    '\x1b[5;3H',
    '\x1b[?7l',
    '\x1b[?7h',
    '\x1b[4h',
    '\x1b[4l',
  ],
  ...[
    '\x1b[?1049h',
    '\x1b[?1049l',
    '\x1b(0',
    '\x1b(B',
    '\x1b[20h',
    '\x1b[20l',
    '\x1b7',
    '\x1b8',
    '\x1b[',
    '5',
    '\x1b]2;half',
    '\x07',
  ],
  ...['\x1b[3b', '\x1b[J', '\x1b]8;;https://example.org/\x07', '\x1b]8;;\x07'],
);

test('a flood leaves the same screen as if all of it had been parsed', async () => {
  const stream = fc.array(fc.oneof(flood, control, line), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(stream, async (pieces) => {
      const data = bytes(pieces.join(''));
      const undisturbed = openEmulator(SIZE);
      await feed(undisturbed, data);
      const { data: drawn, tail } = await snapshotOf(pieces.map(bytes), SIZE);
      const seen = openEmulator(SIZE);
      await feed(seen, drawn);
      await feed(seen, tail);
      assert.deepEqual(describe(seen), describe(undisturbed));
      undisturbed.terminal.dispose();
      seen.terminal.dispose();
    }),
    { seed: 11, numRuns: 60, examples: CASES.map((pieces): [string[]] => [pieces]) },
  );
});
