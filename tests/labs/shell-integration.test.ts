/** The shells of every lab tell their commands, without anything that a lab's author did for it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Pty } from '../../server/sandbox/engine.ts';
import { Terminals, type Mark, type Viewer } from '../../server/terminal/terminals.ts';
import { bytes, MemoryChannel, quietLog } from '../../server/terminal/testing.ts';
import { LabBench, type Learner } from './support.ts';

const SIZE = { cols: 100, rows: 30 };
const DEADLINE_MS = 30_000;

/** Somebody at one terminal of a sandbox. */
class Seat {
  readonly marks: Mark[] = [];
  readonly #channel = new MemoryChannel();
  readonly #terminals = new Terminals({
    log: quietLog(),
    journalFolder: undefined,
    onMark: (_key, mark) => this.marks.push(mark),
  });
  #viewer: Viewer | undefined;

  static async take(open: () => Promise<Pty>): Promise<Seat> {
    const seat = new Seat();
    seat.#viewer = await seat.#terminals.attach('it', open, seat.#channel, SIZE);
    await seat.until(() => seat.marks.some(({ kind }) => kind === 'prompt'), 'a prompt');
    return seat;
  }

  get text(): string {
    return stripVTControlCharacters(this.#channel.text).replaceAll('\r', '');
  }

  press(keys: string): void {
    this.#viewer?.input(bytes(keys));
  }

  type(text: string): Promise<void> {
    return this.#terminals.type('it', { text, id: `id-${Math.random()}`, anyway: false });
  }

  /** The codes of the commands that have ended. */
  get codes(): (number | null)[] {
    return this.marks.flatMap((mark) => (mark.kind === 'done' ? mark.code : []));
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!condition()) {
      assert.ok(
        performance.now() < deadline,
        `expected ${what}, found ${JSON.stringify(this.text.slice(-400))}`,
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  leave(): Promise<void> {
    return this.#terminals.close();
  }
}

for (const lab of ['python', 'docker', 'vm']) {
  describe(`shells of the lab ${lab}`, () => {
    let bench: LabBench;
    let learner: Learner;
    let seat: Seat;
    before(async () => {
      bench = await LabBench.open(lab);
      learner = await bench.learner();
      seat = await Seat.take(() => learner.sandbox.main());
    });
    after(async () => {
      await seat.leave();
      await bench.close();
    });

    test('the main one and a further one tell commands with their codes; nothing of it is seen', async () => {
      const further = await Seat.take(() => learner.sandbox.open(SIZE));
      for (const one of [seat, further]) {
        await one.type('cd /tmp\nsh -c "exit 5"\nenv | sort >env-$$; set -u; (exit 6)\n');
        await one.until(() => one.codes.length === 3, 'three commands');
        assert.deepEqual(one.codes, [0, 5, 6]);
        assert.doesNotMatch(one.text, /drydock|133;/i);
      }
      further.press('exit\r');
      const env = await learner.ok('cat /tmp/env-*');
      assert.doesNotMatch(env, /^(ENV|PS\d|PROMPT_COMMAND|POSIX.*|__.*|BASH_.*)=/m);
      await further.leave();
    });

    if (lab === 'docker') {
      test('a line typed inside a container is a pause; the way out is the end of the command', async () => {
        seat.marks.length = 0;
        await seat.type('docker run -it --rm --name inside busybox sh\necho "in $HOSTNAME"\n');
        await seat.until(() => /\nin [\da-f]{12}\n/.test(seat.text), 'the answer from inside');
        await seat.until(() => seat.marks.some(({ kind }) => kind === 'pause'), 'a pause');
        assert.deepEqual(seat.codes, []);
        seat.press('exit 3\r');
        await seat.until(() => seat.codes.length === 1, 'the end');
        assert.deepEqual(seat.codes, [3]);
      });
    }
  });
}
