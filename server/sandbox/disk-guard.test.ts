import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { DrydockError } from '../errors.ts';
import { DiskGuard, type Bounded } from './disk-guard.ts';

const MB = 1024 * 1024;

/** A disk that is written to by hand, and a guard that looks at it as fast as it can. */
class World {
  room: number | undefined = 1000 * MB;
  looks = 0;
  readonly used = new Map<string, number>();
  readonly failures = new Map<string, Error>();
  readonly measured: string[] = [];
  readonly ended: { id: string; reason: string }[] = [];
  sandboxes: Bounded[];
  readonly #guard: DiskGuard;

  constructor(context: TestContext, ids: readonly string[]) {
    this.sandboxes = ids.map((id) => {
      return { id, generation: 1, lab: 'a', engineId: `engine-${id}`, limitMb: 100 };
    });
    this.#guard = new DiskGuard({
      meter: {
        room: async () => {
          this.looks++;
          return this.room;
        },
        used: async (id) => {
          const failure = this.failures.get(id);
          if (failure !== undefined) throw failure;
          this.measured.push(id);
          return this.used.get(id) ?? 0;
        },
      },
      sandboxes: () => this.sandboxes,
      end: ({ id }, reason) => {
        this.ended.push({ id, reason });
        this.sandboxes = this.sandboxes.filter((sandbox) => sandbox.id !== id);
      },
      log: pino({ level: 'silent' }),
      lookMs: 1,
    });
    this.#guard.start();
    context.after(() => this.#guard.close());
  }

  /** The sandbox has written so much in all, of which the room tells. */
  write(id: string, mb: number): void {
    const before = this.used.get(`engine-${id}`) ?? 0;
    this.used.set(`engine-${id}`, mb * MB);
    this.room = (this.room ?? 0) - (mb * MB - before);
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    for (const deadline = Date.now() + 10_000; !condition(); await sleep(1)) {
      assert.ok(Date.now() < deadline, `waited too long until ${what}: ${JSON.stringify(this.ended)}`);
    }
  }
}

test('a sandbox beyond its limit is ended with a reason that names it, the others go on', async (t) => {
  const world = new World(t, ['quiet', 'endless']);
  world.write('quiet', 90);
  world.write('endless', 101);
  await world.until(() => world.ended.length > 0, 'one is ended');
  assert.deepEqual(world.ended, [
    { id: 'endless', reason: 'The lab wrote more than its limit of 100 MB on disk and was ended.' },
  ]);
  assert.deepEqual(
    world.sandboxes.map(({ id }) => id),
    ['quiet'],
  );
});

test('the sandbox that grew most is measured first', async (t) => {
  const world = new World(t, ['slow', 'fast']);
  world.write('slow', 10);
  world.write('fast', 50);
  await world.until(() => world.measured.includes('engine-fast'), 'a first round is over');
  world.measured.length = 0;
  world.write('slow', 30);
  world.write('fast', 90);
  await world.until(() => world.measured.length >= 2, 'a second round is over');
  assert.deepEqual(world.measured.slice(0, 2), ['engine-fast', 'engine-slow']);
});

test('without the room in sight, sandboxes are measured all the same', async (t) => {
  const world = new World(t, ['endless']);
  world.room = undefined;
  world.used.set('engine-endless', 101 * MB);
  await world.until(() => world.ended.length === 1, 'it is ended');
});

test('what is written unseen, behind the clean-up of others, is found after a while', async (t) => {
  const world = new World(t, ['hidden']);
  await world.until(() => world.measured.length > 0, 'a first round is over');
  world.used.set('engine-hidden', 101 * MB);
  await world.until(() => world.ended.length === 1, 'it is ended');
});

test('one whose files cannot be counted in time is ended, not at the first time', async (t) => {
  const world = new World(t, ['many']);
  world.failures.set('engine-many', new DrydockError('timeout', 'too slow'));
  world.room = undefined;
  await world.until(() => world.ended.length === 1, 'it is ended');
  assert.match(world.ended[0]?.reason ?? '', /more files than can be counted/);
});

test('a sandbox that is gone and an engine that fails end nothing and stop nothing', async (t) => {
  const world = new World(t, ['gone', 'endless']);
  world.room = undefined;
  world.failures.set('engine-gone', new DrydockError('not-found', 'gone'));
  world.failures.set('engine-endless', new DrydockError('engine-unavailable', 'no answer'));
  await sleep(50);
  assert.deepEqual(world.ended, []);
  world.failures.delete('engine-endless');
  world.used.set('engine-endless', 101 * MB);
  await world.until(() => world.ended.length === 1, 'the engine answers again');
});

test('one that cannot be measured does not shield the others', async (t) => {
  const world = new World(t, ['odd', 'endless']);
  world.room = undefined;
  world.failures.set('engine-odd', new Error('du is not installed'));
  world.used.set('engine-endless', 101 * MB);
  await world.until(() => world.ended.length === 1, 'the other is ended');
  assert.equal(world.ended[0]?.id, 'endless');
});

test('what the only sandbox writes before the first look at it counts as well', async (t) => {
  const world = new World(t, []);
  await sleep(50);
  world.sandboxes = [{ id: 'a', generation: 1, lab: 'a', engineId: 'engine-a', limitMb: 100 }];
  world.write('a', 500);
  const before = world.looks;
  await world.until(() => world.ended.length === 1, 'it was ended');
  assert.ok(world.looks - before < 10, `expected it at the next looks, found ${world.looks - before} later`);
});
