import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Batches, MAX_BATCH } from './batches.ts';
import { incompleteCharacter } from './characters.ts';
import { bytes } from './testing.ts';

test('batches are bounded, in order, and of whole characters, however the output is cut', () => {
  const text = 'ab…漢字🙂é│'.repeat(5000);
  const data = bytes(text);
  for (const step of [1, 2, 3, 5, 7, 1000, data.length]) {
    const got: Uint8Array[] = [];
    const batches = new Batches((batch) => got.push(batch));
    for (let at = 0; at < data.length; at += step) batches.push(data.subarray(at, at + step));
    batches.flush();
    assert.equal(Buffer.concat(got).toString(), text, `cut every ${step} bytes`);
    for (const batch of got) {
      assert.ok(batch.length <= MAX_BATCH);
      assert.equal(incompleteCharacter(batch), 0);
    }
    batches.close();
  }
});

test('bytes that are no UTF-8 are passed on unchanged', () => {
  const data = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7919) & 255);
  const got: Uint8Array[] = [];
  const batches = new Batches((batch) => got.push(batch));
  batches.push(data);
  batches.push(bytes('end'));
  batches.flush();
  assert.deepEqual(Buffer.concat(got), Buffer.concat([data, bytes('end')]));
  batches.close();
});
