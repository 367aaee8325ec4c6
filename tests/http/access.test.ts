import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appFor, errorOf, Learner } from './client.ts';

const payload = { lesson: 'virtualenv/create' };
const HOST = 'localhost:80';

test('the first call of the API gives a cookie that scripts cannot read, later ones do not', async (t) => {
  const { app } = await appFor(t);
  const first = await app.inject('/api/progress');
  const [cookie] = first.cookies;
  assert.ok(cookie);
  assert.deepEqual(
    { ...cookie, value: '' },
    { name: 'drydock', value: '', httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 31_536_000 },
  );
  const again = await app.inject({ url: '/api/progress', cookies: { drydock: cookie.value } });
  assert.equal(again.headers['set-cookie'], undefined);
  assert.equal((await app.inject('/healthz')).headers['set-cookie'], undefined);
});

test('a cookie that was tampered with makes a new learner', async (t) => {
  const { app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const value = learner.cookie.slice('drydock='.length);
  const [learnerId = ''] = value.split('.');
  for (const forged of [`x${value.slice(1)}`, learnerId, `${value}x`, '', '.', 'a.b.c', `${learnerId}.zz.`]) {
    const response = await app.inject({
      url: `/api/sandboxes/${id}`,
      headers: { cookie: `drydock=${forged}` },
    });
    errorOf(response, 404);
    assert.equal(response.cookies[0]?.name, 'drydock', forged);
    assert.ok(!response.cookies[0].value.startsWith(learnerId));
  }
  assert.equal((await learner.ask('GET', `/api/sandboxes/${id}`)).statusCode, 200);
});

test('a cookie signed with another key does not count', async (t) => {
  const ours = await appFor(t);
  const theirs = await appFor(t, { secret: Buffer.alloc(32, 8) });
  const learner = new Learner(theirs.app);
  await learner.start();
  const response = await ours.app.inject({ url: '/api/progress', headers: { cookie: learner.cookie } });
  assert.equal(response.cookies.length, 1);
});

test('an old cookie is given again, with the same learner in it', async (t) => {
  const { app } = await appFor(t);
  const learner = new Learner(app);
  await learner.start();
  const before = learner.cookie;
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 31 * 24 * 60 * 60 * 1000 });
  await learner.ask('GET', '/api/progress');
  assert.notEqual(learner.cookie, before);
  assert.equal(learner.cookie.split('.')[0], before.split('.')[0]);
});

test('over https the cookie is secure', async (t) => {
  const { app } = await appFor(t, { trustProxy: true });
  const response = await app.inject({ url: '/api/lessons', headers: { 'x-forwarded-proto': 'https' } });
  assert.equal(response.cookies[0]?.secure, true);
});

for (const [origin, host, status] of [
  [`http://${HOST}`, HOST, 201],
  ['http://localhost', HOST, 201],
  ['http://127.0.0.1:4321', '127.0.0.1:4321', 201],
  ['http://[::1]:4321', '[::1]:4321', 201],
  ['https://learn.example.org', 'learn.example.org', 201],
  ['https://learn.example.org', '127.0.0.1:4321', 201],
  ['https://evil.example', HOST, 403],
  ['http://localhost:8080', HOST, 403],
  ['http://localhost.evil.example', HOST, 403],
  ['https://learn.example.org.evil.example', HOST, 403],
  ['http://learn.example.org', HOST, 403],
  ['null', HOST, 403],
  ['', HOST, 403],
  ['file://', HOST, 403],
] as const) {
  test(`a page of "${origin}" that changes something at ${host} gets ${status}`, async (t) => {
    const { fake, app } = await appFor(t);
    const response = await app.inject({
      method: 'POST',
      url: '/api/sandboxes',
      payload,
      headers: { origin, host },
    });
    if (status === 403) assert.equal(errorOf(response, 403).code, 'forbidden');
    assert.equal(response.statusCode, status);
    assert.equal(fake.registry.entries.size, status === 201 ? 1 : 0);
  });
}

test('who sends no Origin is no browser and may; reading is left to the browser to refuse', async (t) => {
  const { app } = await appFor(t);
  assert.equal((await app.inject({ method: 'POST', url: '/api/sandboxes', payload })).statusCode, 201);
  const reading = await app.inject({ url: '/api/lessons', headers: { origin: 'https://evil.example' } });
  assert.equal(reading.statusCode, 200);
  assert.equal(reading.headers['access-control-allow-origin'], undefined);
});

test('behind a trusted proxy its host counts, else the header is ignored', async (t) => {
  const request = {
    method: 'POST',
    url: '/api/sandboxes',
    payload,
    headers: { origin: 'https://class.example.net', 'x-forwarded-host': 'class.example.net' },
  } as const;
  const trusting = await appFor(t, { trustProxy: true });
  assert.equal((await trusting.app.inject(request)).statusCode, 201);
  const wary = await appFor(t);
  errorOf(await wary.app.inject(request), 403);
});

for (const [host, status] of [
  ['localhost', 200],
  ['LOCALHOST:4321', 200],
  ['drydock.localhost:4321', 200],
  ['127.0.0.1:4321', 200],
  ['192.168.1.7', 200],
  ['[::1]:4321', 200],
  ['learn.example.org', 200],
  ['evil.example', 403],
  ['localhost.evil.example:4321', 403],
  ['notlocalhost', 403],
  ['127.0.0.1.evil.example', 403],
  ['a b;c', 400],
] as const) {
  test(`a request to a loopback address that names the host "${host}" gets ${status}`, async (t) => {
    const { app } = await appFor(t);
    const response = await app.inject({ url: '/healthz', headers: { host } });
    if (status !== 200) errorOf(response, status);
    assert.equal(response.statusCode, status);
  });
}

test('security headers are on every answer, with WebSockets to this host alone', async (t) => {
  const { app } = await appFor(t);
  for (const url of ['/healthz', '/api/lessons', '/none']) {
    const { headers } = await app.inject({ url, headers: { host: 'localhost:4321' } });
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    const policy = String(headers['content-security-policy']).split('; ');
    assert.ok(policy.includes("connect-src 'self' ws://localhost:4321 wss://localhost:4321"), String(policy));
    assert.ok(policy.includes("script-src 'self'"));
    for (const rule of [
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
  }
});
