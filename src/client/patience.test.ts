import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError } from './api.ts';
import type { Trouble } from './lab-state.ts';
import { patiently } from './patience.ts';

const NEVER = new AbortController().signal;

/** Surroundings that wake every pause at once. */
function surroundings(engine: boolean[] = []) {
  const troubles: Trouble[] = [];
  return {
    troubles,
    engineAnswers: () => Promise.resolve(engine.shift() ?? true),
    wake: (listener: () => void) => {
      const timer = setImmediate(listener);
      return () => clearImmediate(timer);
    },
    trouble: (trouble: Trouble) => void troubles.push(trouble),
  };
}

/** A call that fails with the errors in turn, then answers. */
function failing(...errors: Error[]) {
  let calls = 0;
  const call = (): Promise<string> => {
    calls += 1;
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('answer');
  };
  return { call, calls: () => calls };
}

test('calls again while nobody answers', async () => {
  const deps = surroundings();
  const { call, calls } = failing(
    new CallError('offline', ''),
    new CallError('unreachable', ''),
    new CallError('timeout', ''),
  );
  assert.equal(await patiently(call, NEVER, deps), 'answer');
  assert.equal(calls(), 4);
  assert.deepEqual(deps.troubles, ['offline', 'server', 'server']);
});

test('waits for the engine before it calls again', async () => {
  const deps = surroundings([false, false, true]);
  let asked = 0;
  const engineAnswers = () => {
    asked += 1;
    return deps.engineAnswers();
  };
  const { call, calls } = failing(new CallError('refused', '', 'engine-unavailable'));
  assert.equal(await patiently(call, NEVER, { ...deps, engineAnswers }), 'answer');
  assert.deepEqual([asked, calls(), deps.troubles], [3, 2, ['engine']]);
});

test('a refusal is final', async () => {
  const refusal = new CallError('refused', 'Too many labs.', 'busy');
  const { call, calls } = failing(refusal);
  await assert.rejects(patiently(call, NEVER, surroundings()), refusal);
  assert.equal(calls(), 1);
});

test('an abort ends it without an answer', async () => {
  const controller = new AbortController();
  const call = () => {
    controller.abort();
    return Promise.reject(new CallError('unreachable', ''));
  };
  assert.equal(await patiently(call, controller.signal, surroundings()), undefined);
});
