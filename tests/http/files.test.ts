import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { localSandbox } from '../fakes/local-run.ts';
import { appFor, errorOf, Learner } from './client.ts';

async function world(t: TestContext) {
  const { fake, app } = await appFor(t);
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  fake.registry.sandbox = async () => sandbox;
  const learner = new Learner(app);
  const { id } = await learner.start();
  return {
    fake,
    app,
    learner,
    id,
    home: sandbox.home,
    url: (name: string) => `/api/sandboxes/${id}/files/${name}`,
  };
}

test('a file is written, read and removed, as bytes of any type', async (t) => {
  const { learner, home, url } = await world(t);
  const payload = Buffer.from([0, 255, 128, 10]);
  for (const type of ['application/octet-stream', 'application/json', 'text/plain; charset=utf-8']) {
    const headers = { 'content-type': type };
    const written = await learner.ask('PUT', url('app/main%20one.py'), { payload, headers });
    assert.equal(written.statusCode, 204, written.body);
    assert.deepEqual(readFileSync(path.join(home, 'app/main one.py')), payload);
  }
  const read = await learner.ask('GET', url('app/main%20one.py'));
  assert.deepEqual(read.rawPayload, payload);
  assert.equal(read.headers['content-type'], 'application/octet-stream');
  assert.equal(read.headers['content-disposition'], 'attachment');
  assert.equal(read.headers['x-content-type-options'], 'nosniff');
  assert.equal((await learner.ask('PUT', url('empty'))).statusCode, 204);
  assert.equal((await learner.ask('DELETE', url('empty'))).statusCode, 204);
  errorOf(await learner.ask('GET', url('empty')), 404);
});

test('somebody else’s files, a lab that is not ready, and other origins are refused', async (t) => {
  const { fake, app, learner, id, home, url } = await world(t);
  writeFileSync(path.join(home, 'mine'), 'x');
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    errorOf(await new Learner(app).ask(method, url('mine')), 404);
  }
  const headers = { origin: 'https://elsewhere.example' };
  for (const method of ['PUT', 'DELETE'] as const) {
    errorOf(await learner.ask(method, url('mine'), { headers }), 403);
  }
  const entry = fake.registry.get(fake.registry.all()[0]?.learner ?? '', id);
  fake.registry.change({ ...entry, state: 'starting' });
  assert.deepEqual(errorOf(await learner.ask('GET', url('mine')), 409).details, { state: 'starting' });
  assert.equal(readFileSync(path.join(home, 'mine'), 'utf8'), 'x');
});

test('a path that leads elsewhere, a body that is too large and a wrong method are refused in words', async (t) => {
  const { learner, url } = await world(t);
  assert.match(
    errorOf(await learner.ask('GET', url('a%2F..%2F..%2Fetc%2Fpasswd')), 400).message,
    /^path: expected/,
  );
  assert.match(errorOf(await learner.ask('GET', url('')), 400).message, /found ""/);
  const payload = Buffer.alloc(1024 * 1024 + 1);
  assert.equal(errorOf(await learner.ask('PUT', url('large'), { payload }), 413).code, 'too-large');
  const wrong = errorOf(await learner.ask('POST', url('x'), { payload: {} }), 405);
  assert.match(wrong.message, /^Expected GET .*DELETE at .*, found POST/);
});
