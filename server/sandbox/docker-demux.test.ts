import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Demux } from './docker-demux.ts';

function frame(stream: 1 | 2, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

const STREAM = Buffer.concat([
  frame(1, 'out €'),
  frame(2, 'error'),
  frame(1, ''),
  frame(1, ' more'),
  frame(2, '!'),
]);

test('takes the two outputs apart, wherever the stream is cut', () => {
  for (let first = 0; first <= STREAM.length; first += 1) {
    for (let second = first; second <= STREAM.length; second += 1) {
      const demux = new Demux(1000);
      for (const part of [
        STREAM.subarray(0, first),
        STREAM.subarray(first, second),
        STREAM.subarray(second),
      ]) {
        demux.push(part);
      }
      assert.deepEqual(demux.text(), { stdout: 'out € more', stderr: 'error!' });
    }
  }
});

test('keeps the first bytes of each output', () => {
  const demux = new Demux(4);
  demux.push(STREAM);
  assert.deepEqual(demux.text(), { stdout: 'out ', stderr: 'erro' });
});
