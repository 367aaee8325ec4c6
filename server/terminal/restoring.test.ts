/** Properties: however a stream is cut, whoever joins it, the screen is the one that an undisturbed viewer has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Size } from '../../protocol/messages.ts';
import { incompleteCharacter } from './characters.ts';
import { openEmulator } from './emulator.ts';
import { describe, feed, snapshotOf } from './testing.ts';
import { output, size } from './testing-streams.ts';

/** A fixed seed, so that a failure is the same everywhere; `FUZZ_SEED` and `FUZZ_RUNS` look further. */
const RUNS = {
  seed: Number(process.env['FUZZ_SEED'] ?? 20_261_123),
  numRuns: Number(process.env['FUZZ_RUNS'] ?? 800),
  interruptAfterTimeLimit: 20_000,
};

async function sameAfterCut(data: Uint8Array, at: number, screen: Size): Promise<void> {
  const cut = at - incompleteCharacter(data.subarray(0, at));
  const snapshot = await snapshotOf(data.subarray(0, cut), screen);
  const undisturbed = openEmulator(screen);
  const joined = openEmulator(screen);
  try {
    await feed(joined, snapshot.data);
    await feed(joined, snapshot.tail);
    await feed(undisturbed, data.subarray(0, cut));
    assert.deepEqual(describe(joined), describe(undisturbed), 'at the cut');
    await feed(undisturbed, data.subarray(cut));
    await feed(joined, data.subarray(cut));
    assert.deepEqual(describe(joined), describe(undisturbed), 'at the end');
  } finally {
    undisturbed.terminal.dispose();
    joined.terminal.dispose();
  }
}

test('any stream, cut anywhere, is restored as it was', async () => {
  const cut = fc.nat({ max: 100_000 });
  await fc.assert(
    fc.asyncProperty(output, cut, size, async (chunks, at, screen) => {
      const data = Buffer.concat(chunks);
      await sameAfterCut(data, at % (data.length + 1), screen);
    }),
    RUNS,
  );
});
