import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrydockError } from '../../server/errors.ts';
import { appFor, errorOf, Learner } from './client.ts';

const TEXT = { text: 'ls\npwd', id: 'a-b-c-d-e' };

test('a text goes to the terminal of this generation, once the sandbox is ready', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const url = `/api/sandboxes/${id}/terminals/main/type`;
  const answer = await learner.ask('POST', url, { payload: TEXT });
  assert.equal(answer.statusCode, 202);
  assert.deepEqual(answer.json(), {});
  assert.deepEqual(fake.terminals.typed, [{ key: `${id}/1/main`, request: { ...TEXT, anyway: false } }]);
  const entry = fake.registry.entries.get(id);
  assert.ok(entry);
  fake.registry.change({ ...entry, state: 'starting' });
  const early = errorOf(await learner.ask('POST', url, { payload: TEXT }), 409);
  assert.deepEqual(early.details, { state: 'starting' });
  assert.equal(fake.terminals.typed.length, 1);
});

test('a prompt that is not free is told with its reason', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const details = { reason: 'line-not-empty', line: 'rm -rf x' };
  fake.terminals.typeFault = new DrydockError('conflict', 'Something stands at the prompt.', { details });
  const url = `/api/sandboxes/${id}/terminals/main/type`;
  const error = errorOf(await learner.ask('POST', url, { payload: TEXT }), 409);
  assert.deepEqual(error.details, details);
});

test('somebody else’s terminal, an unknown one and a wrong body are refused', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const ask = (who: Learner, name: string, payload: object) =>
    who.ask('POST', `/api/sandboxes/${id}/terminals/${name}/type`, { payload });
  errorOf(await ask(new Learner(app), 'main', TEXT), 404);
  errorOf(await ask(learner, 'other', TEXT), 404);
  errorOf(await ask(learner, 'main', { text: 'ls' }), 400);
  errorOf(await ask(learner, 'main', { ...TEXT, text: '' }), 400);
  errorOf(await ask(learner, 'main', { ...TEXT, text: 'x'.repeat(8001) }), 400);
  assert.equal((await ask(learner, 'main', { ...TEXT, text: '漢'.repeat(8000) })).statusCode, 202);
  assert.equal(fake.terminals.typed.length, 1);
});
