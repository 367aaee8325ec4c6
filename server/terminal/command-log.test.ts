import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, snapshotOf } from './testing.ts';

const SIZE = { cols: 30, rows: 6 };

/** A command as a shell with the integration prints it. */
const command = (line: string, code: number): string =>
  `\x1b]133;A\x07$ \x1b]133;B\x07${line}\r\n\x1b]133;C\x07out of ${line}\r\n\x1b]133;D;${code}\x07`;

/** The notes of a snapshot, each with the text that follows it in its line. */
function notes(data: string): string[] {
  // oxlint-disable-next-line no-control-regex
  return [...data.matchAll(/\x1b\]133;([^\x07]*)\x07([^\x1b\r]*)/g)].map(
    ([, note = '', text]) => `${note.replaceAll(/\d{4,}/g, 'T').replace(/^(R;\d*);\d+/, '$1;ms')} ${text}`,
  );
}

test('a snapshot says in the line of each command how it ended, also after a second one', async () => {
  const stream = `${command('true', 0)}${command('false', 1)}\x1b]133;A\x07$ \x1b]133;B\x07`;
  const expected = ['R;0;ms;T $ true', 'R;1;ms;T $ false', 'S; $ '];
  const first = await snapshotOf(bytes(stream), SIZE);
  assert.deepEqual(notes(first.data), expected);
  const again = await snapshotOf(bytes(first.data), SIZE);
  assert.deepEqual(notes(again.data), expected);
  const scrolled = await snapshotOf(bytes(stream + '\r\n'.repeat(2000)), SIZE);
  assert.deepEqual(notes(scrolled.data), [], 'what is gone from the scrollback is forgotten');
});

test('a command that runs is told with its beginning', async () => {
  const { data } = await snapshotOf(
    bytes('$ \x1b]133;B\x07sleep 9\r\n\x1b]133;C\x07zzz\x1b[?1049hfull'),
    SIZE,
  );
  assert.deepEqual(notes(data), ['S;T $ sleep 9']);
});

test('marks that say nothing sensible are not kept', async () => {
  const { data } = await snapshotOf(bytes('\x1b]133;R;a;b;c\x07\x1b]133;R\x07\x1b]133;D;0\x07x'), SIZE);
  assert.deepEqual(notes(data), []);
});
