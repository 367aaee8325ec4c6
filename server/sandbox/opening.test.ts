import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { StubEngine, type StubSandbox } from '../../tests/fakes/stub-sandboxes.ts';
import { openSandbox, type Opened } from './opening.ts';
import type { Sandbox } from './engine.ts';

const NOW = Date.UTC(2030, 0, 1);

interface SetUp {
  readonly sandbox: StubSandbox;
  /** What happened, in order. */
  readonly told: string[];
  readonly open: (prepare: (sandbox: Sandbox) => Promise<void>) => Promise<Opened>;
}

function setUp(t: TestContext): SetUp {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sandbox = new StubEngine().add('a');
  const told: string[] = [];
  const claim = { id: 'id', learner: 'ann', lesson: 'course/one', lab: 'a', generation: 1 };
  const open: SetUp['open'] = async (prepare) => {
    await sandbox.standBy();
    return openSandbox(
      {
        pool: { claim: () => Promise.resolve({ sandbox, warm: true }) },
        claims: {
          add: ({ state }) => void told.push(`claimed, ${state}`),
          update: (_id, { state }) => void told.push(`updated, ${state}`),
        },
        clock: () => NOW,
        discard: () => void told.push('discarded'),
      },
      { claim, lifetimeMs: 1000, signal: t.signal, onProgress: () => undefined, prepare },
    );
  };
  return { sandbox, told, open };
}

test('what stands by is there for the scene, and ended soon after the learner has the sandbox', async (t) => {
  const { sandbox, told, open } = setUp(t);
  const { expiresAt } = await open(async () => void told.push(`laid out, standing by: ${sandbox.standing}`));
  assert.deepEqual(told, ['claimed, preparing', 'laid out, standing by: true', 'updated, ready']);
  assert.deepEqual(expiresAt, new Date(NOW + 1000));
  t.mock.timers.tick(250);
  assert.equal(sandbox.standing, false);
});

test('a scene that fails discards the sandbox', async (t) => {
  const { told, open } = setUp(t);
  await assert.rejects(
    open(() => Promise.reject(new Error('no room'))),
    /no room/,
  );
  assert.deepEqual(told, ['claimed, preparing', 'discarded']);
});
