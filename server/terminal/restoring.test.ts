/** Properties: however a stream is cut, whoever joins it, the screen is the one that an undisturbed viewer has. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Size } from '../../protocol/messages.ts';
import { incompleteCharacter } from './characters.ts';
import { openEmulator } from './emulator.ts';
import { Terminals } from './terminals.ts';
import type { Viewer } from './terminals.ts';
import {
  bytes,
  describe,
  drawn,
  feed,
  MemoryChannel,
  MemoryPty,
  quietLog,
  snapshotOf,
  until,
} from './testing.ts';
import { chunk, output, size } from './testing-streams.ts';

/** A fixed seed, so that a failure is the same everywhere; `FUZZ_SEED` and `FUZZ_RUNS` look further. */
const RUNS = {
  seed: Number(process.env['FUZZ_SEED'] ?? 20_261_123),
  numRuns: Number(process.env['FUZZ_RUNS'] ?? 800),
  interruptAfterTimeLimit: process.env['FUZZ_RUNS'] ? 600_000 : 20_000,
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

/** A program in memory that keeps all that happens to its terminal, in order. */
class RecordingPty extends MemoryPty {
  readonly history: (Uint8Array | Size)[] = [];

  override resize(to: Size): Promise<void> {
    this.history.push(to);
    return super.resize(to);
  }
  override emit(data: Uint8Array): void {
    this.history.push(data);
    super.emit(data);
  }
}

/** What a viewer shows who was there all along. */
async function undisturbed(first: Size, history: readonly (Uint8Array | Size)[]): Promise<string[]> {
  const emulator = openEmulator(first);
  let rest: Uint8Array = new Uint8Array(0);
  for (const item of history) {
    if (item instanceof Uint8Array) {
      // A size may change between the bytes of a character, which reaches viewers as a whole.
      const all = Buffer.concat([rest, item]);
      const end = all.length - incompleteCharacter(all);
      await feed(emulator, all.subarray(0, end));
      rest = all.subarray(end);
    } else emulator.terminal.resize(item.cols, item.rows);
  }
  const all = describe(emulator);
  emulator.terminal.dispose();
  return all;
}

interface Connection {
  readonly channel: MemoryChannel;
  readonly viewer: Viewer;
}

/** Something that happens to a terminal; `who` is one of the viewers that are there. */
const step = fc.oneof(
  { weight: 60, arbitrary: fc.record({ do: fc.constant('print'), data: chunk }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join'), size }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('resize'), who: fc.nat({ max: 7 }), size }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constantFrom('leave', 'type', 'acknowledge'), who: fc.nat({ max: 7 }) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('rest') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('flood') }) },
);
interface Step {
  readonly do: string;
  readonly who?: number;
  readonly size?: Size;
  readonly data?: Uint8Array;
}

/** A terminal, its program and its viewers. */
class Scene {
  readonly pty = new RecordingPty();
  readonly terminals = new Terminals({ log: quietLog(), journalFolder: undefined });
  readonly #viewers: Connection[] = [];

  /** Those who have not left. */
  get viewers(): Connection[] {
    return this.#viewers.filter(({ channel }) => channel.closed === undefined);
  }

  async join(seat: Size): Promise<void> {
    const channel = new MemoryChannel();
    const viewer = await this.terminals.attach('key', () => Promise.resolve(this.pty), channel, seat);
    this.#viewers.push({ channel, viewer });
  }

  async play({ do: what, who = 0, size: to, data }: Step): Promise<void> {
    const one = this.viewers[who % Math.max(1, this.viewers.length)];
    if (what === 'print' && data) this.pty.emit(data);
    else if (what === 'join' && to) await this.join(to);
    else if (what === 'resize' && to) one?.viewer.message({ type: 'resize', ...to });
    else if (what === 'type') one?.viewer.input(bytes('x'));
    else if (what === 'acknowledge') one?.viewer.message({ type: 'ack', bytes: 1024 * 1024 });
    else if (what === 'rest') await new Promise((resolve) => setImmediate(resolve));
    else if (what === 'leave') {
      one?.viewer.detach();
      one?.channel.close(1000, 'left');
    } else {
      // More than may be under way to a viewer and wait for it: those who do not acknowledge are left behind.
      // A link that is left open would cost the emulator a long search for each of the lines.
      this.pty.emit(bytes('\u0018\u001b]8;;\u0007'));
      for (let i = 0; i < 16; i++) this.pty.emit(bytes(`${'flood '.repeat(4096)}${i}\r\n`));
    }
  }
}

function sawEnd({ received }: MemoryChannel): boolean {
  return received
    .slice(-3)
    .some((item) =>
      item instanceof Uint8Array
        ? Buffer.from(item).includes('END')
        : item.type === 'snapshot' && item.data.includes('END'),
    );
}

test('whoever comes, goes, types, lags or changes the size: all see the same as who was there all along', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), size, async (steps, first) => {
      const scene = new Scene();
      const { pty, terminals } = scene;
      await scene.join(first);
      for (const one of steps) await scene.play(one);
      await scene.join(first);
      // A title, since that stands in one piece in a snapshot as well.
      pty.emit(bytes('\u0018\u001b]2;END\u0007'));
      await until(() => {
        for (const { viewer } of scene.viewers) viewer.message({ type: 'ack', bytes: 1024 * 1024 });
        return scene.viewers.every(({ channel }) => sawEnd(channel));
      }, 'all viewers have all');
      const expected = await undisturbed(first, pty.history);
      for (const { channel } of scene.viewers) assert.deepEqual(await drawn(channel), expected);
      await terminals.close();
    }),
    RUNS,
  );
});
