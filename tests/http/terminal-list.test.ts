import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { CLOSE } from '../../protocol/messages.ts';
import { endsSandbox, exitReason, isWatched } from '../../server/http/terminal-lifecycle.ts';
import { appFor, dial, errorOf, Learner, listen } from './client.ts';

async function scene(t: TestContext) {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const base = `/api/sandboxes/${id}/terminals`;
  const add = (name?: string) => learner.ask('POST', base, { payload: name === undefined ? {} : { name } });
  const listed = async () => (await learner.ask('GET', `/api/sandboxes/${id}`)).json().terminals;
  return { fake, app, learner, id, base, add, listed };
}

test('terminals are added, told to all who watch, connected to, and closed', async (t) => {
  const { fake, app, learner, id, base, add, listed } = await scene(t);
  const told: unknown[] = [];
  fake.hub.subscribe(id, (event) => event.event === 'state' && told.push(event.data.terminals));
  const added = await add('logs');
  assert.equal(added.statusCode, 201);
  assert.deepEqual(added.json(), { name: 'logs' });
  assert.deepEqual((await add()).json(), { name: 'shell-2' });
  assert.deepEqual(told, [
    ['main', 'logs'],
    ['main', 'logs', 'shell-2'],
  ]);
  assert.deepEqual(await listed(), ['main', 'logs', 'shell-2']);

  const port = await listen(app);
  const headers = { cookie: learner.cookie };
  const answer = await dial({ port, path: `${base}/logs?cols=90&rows=20`, headers });
  assert.ok('viewer' in answer);
  t.after(() => answer.viewer.socket.terminate());
  await answer.viewer.frame();
  assert.equal(fake.terminals.viewers[0]?.key, `${id}/1/logs`);
  assert.deepEqual(fake.registry.opened, [{ cols: 90, rows: 20 }]);

  assert.equal((await learner.ask('DELETE', `${base}/logs`)).statusCode, 204);
  assert.deepEqual(await answer.viewer.frame(), {
    json: { type: 'exit', reason: 'shell-exited', code: null },
  });
  assert.equal(await answer.viewer.closeCode(), CLOSE.ended);
  assert.deepEqual(await listed(), ['main', 'shell-2']);
  assert.deepEqual(told.at(-1), ['main', 'shell-2']);
  const again = await dial({ port, path: `${base}/logs`, headers });
  assert.ok('statusCode' in again);
  errorOf(again, 404);
});

test('names that are no names, taken or too many, the main one and another’s sandbox are refused', async (t) => {
  const { app, learner, id, base, add } = await scene(t);
  for (const name of ['', 'Logs', '2nd', 'a b', 'x'.repeat(21), '../x']) errorOf(await add(name), 400);
  errorOf(await add('main'), 409);
  errorOf(await learner.ask('DELETE', `${base}/main`), 409);
  errorOf(await learner.ask('DELETE', `${base}/other`), 404);
  const stranger = new Learner(app);
  errorOf(await stranger.ask('POST', `/api/sandboxes/${id}/terminals`, { payload: {} }), 404);
  errorOf(await stranger.ask('DELETE', `${base}/main`), 404);
  for (let i = 0; i < 5; i++) assert.equal((await add()).statusCode, 201);
  errorOf(await add(), 429);
});

test('a reset and the end take all terminals with them', async (t) => {
  const { fake, learner, id, add, listed } = await scene(t);
  await add('logs');
  await learner.ask('POST', `/api/sandboxes/${id}/reset`);
  assert.deepEqual(await listed(), ['main']);
  await add('more');
  await learner.ask('DELETE', `/api/sandboxes/${id}`);
  assert.deepEqual(
    fake.terminals.ended.map(({ key, code }) => [key.slice(id.length + 1), code]),
    [
      ['1/main', CLOSE.reset],
      ['1/logs', CLOSE.reset],
      ['2/main', CLOSE.ended],
      ['2/more', CLOSE.ended],
    ],
  );
});

test('a further shell that exits ends its terminal, not the sandbox; a text can be typed into it', async (t) => {
  const { fake, learner, id, base, add, listed } = await scene(t);
  await add('logs');
  endsSandbox(fake.registry)(`${id}/1/logs`, { lost: false });
  assert.equal(fake.registry.entries.get(id)?.state, 'ready');
  assert.deepEqual(await listed(), ['main', 'logs']);
  assert.equal(exitReason(`${id}/1/logs`), 'shell-exited');
  assert.equal(exitReason(`${id}/1/main`), 'sandbox-ended');
  const payload = { text: 'ls', id: 'once-and-only' };
  assert.equal((await learner.ask('POST', `${base}/logs/type`, { payload })).statusCode, 202);
  assert.equal(fake.terminals.typed[0]?.key, `${id}/1/logs`);
});

test('somebody who looks at a further terminal is there', async (t) => {
  const { fake, id, add } = await scene(t);
  await add('logs');
  const watched = (key: string) =>
    isWatched(
      { id, generation: 1 },
      { terminals: { watched: (one) => one === key }, list: fake.terminalList },
    );
  assert.ok(watched(`${id}/1/logs`) && watched(`${id}/1/main`));
  assert.ok(!watched(`${id}/1/other`) && !watched(`${id}/2/main`));
});
