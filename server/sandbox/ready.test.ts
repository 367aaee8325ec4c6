import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrydockError } from '../errors.ts';
import type { RunResult, Sandbox } from './engine.ts';
import { untilReady } from './ready.ts';

const LAB = { title: 'A lab', ready: ['probe', 'it'], readySeconds: 30 };
const STEADY = new AbortController().signal;

/** A sandbox whose probe gives these results, the last one again and again. */
function probed(...results: (Partial<RunResult> | Error)[]): Pick<Sandbox, 'run'> & { tries: number } {
  return {
    tries: 0,
    async run(argv) {
      assert.deepEqual(argv, LAB.ready);
      const result = results[Math.min(this.tries++, results.length - 1)];
      if (result instanceof Error) throw result;
      return { code: 0, stdout: '', stderr: '', timedOut: false, ...result };
    },
  };
}

test('a lab without a probe is ready', async () => {
  const sandbox = probed({});
  await untilReady(sandbox, { ...LAB, ready: undefined }, STEADY);
  assert.equal(sandbox.tries, 0);
});

test('the probe is tried until it exits with 0', async () => {
  const sandbox = probed({ code: 1 }, { code: null, timedOut: true }, { code: 0 });
  await untilReady(sandbox, LAB, STEADY);
  assert.equal(sandbox.tries, 3);
});

test('after the lab’s time the error carries the last words, the end of them, or how it ended', async () => {
  const late = { ...LAB, readySeconds: 0.2 };
  const says = (result: Partial<RunResult>, pattern: RegExp): Promise<void> =>
    assert.rejects(untilReady(probed(result), late, STEADY), (error: unknown) => {
      assert.ok(error instanceof DrydockError && error.code === 'timeout');
      assert.match(error.message, /^A lab was not ready within 0.2 s. "probe it" says: /);
      assert.match(error.message, pattern);
      return true;
    });
  await says({ code: 1, stderr: `${'x'.repeat(3000)} no daemon\n` }, /says: x{490} no daemon$/);
  await says({ code: 1, stdout: 'on stdout' }, /says: on stdout$/);
  await says({ code: 7 }, /nothing, it ended with code 7$/);
  await says({ code: null, timedOut: true }, /nothing, it hangs$/);
});

test('a sandbox that ends meanwhile is a lab that cannot be had', async () => {
  const gone = probed({ code: 1 }, new DrydockError('not-found', 'The sandbox is gone.'));
  await assert.rejects(untilReady(gone, LAB, STEADY), {
    code: 'lab-unavailable',
    message: /ended before it was ready/,
  });
});

test('an abort ends the wait with its reason', async () => {
  const reason = new Error('no longer wanted');
  const controller = new AbortController();
  const waiting = untilReady(probed({ code: 1 }), LAB, controller.signal);
  controller.abort(reason);
  await assert.rejects(waiting, reason);
});
