import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import {
  lessonListSchema,
  progressSchema,
  readySchema,
  sandboxSchema,
  verdictSchema,
  type Verdict,
} from '../../protocol/api.ts';
import { DrydockError } from '../../server/errors.ts';
import { appFor, errorOf, Learner, listen } from './client.ts';

test('the lessons are listed in course order, without cookies or scripts of theirs', async (t) => {
  const { app } = await appFor(t);
  const response = await app.inject('/api/lessons');
  assert.equal(response.statusCode, 200);
  assert.deepEqual(lessonListSchema.parse(response.json()), [
    {
      id: 'virtualenv/create',
      title: 'Create an environment',
      course: 'virtualenv',
      lab: 'python',
      durationMinutes: 10,
      tasks: [
        { id: 'create-env', title: 'Create it', kind: 'exercise' },
        { id: 'use-env', title: 'Use it', kind: 'exercise' },
      ],
    },
  ]);
  assert.doesNotMatch(response.body, /checkFile|solveFile/);
});

test('a sandbox is started once: 201, then 200 with the same one', async (t) => {
  const { app } = await appFor(t);
  const learner = new Learner(app);
  const payload = { lesson: 'virtualenv/create' };
  const first = await learner.ask('POST', '/api/sandboxes', { payload });
  assert.equal(first.statusCode, 201);
  const sandbox = sandboxSchema.parse(first.json());
  assert.deepEqual(
    { ...sandbox, id: '', expiresAt: '' },
    {
      id: '',
      lesson: 'virtualenv/create',
      lab: 'python',
      state: 'ready',
      expiresAt: '',
      terminals: ['main'],
      tasks: [
        { id: 'create-env', status: 'not-yet' },
        { id: 'use-env', status: 'not-yet' },
      ],
      values: {},
    },
  );
  const second = await learner.ask('POST', '/api/sandboxes', { payload });
  assert.equal(second.statusCode, 200);
  assert.deepEqual(second.json(), first.json());
  assert.deepEqual((await learner.ask('GET', `/api/sandboxes/${sandbox.id}`)).json(), first.json());
});

test('a cold start answers at once, with what is being done', async (t) => {
  const { fake, app } = await appFor(t);
  fake.registry.startAs = 'starting';
  const learner = new Learner(app);
  const { id, state } = await learner.start();
  assert.equal(state, 'starting');
  const entry = fake.registry.entries.get(id);
  assert.ok(entry);
  fake.registry.change({ ...entry, progress: 0.4, step: 'building the lab' });
  const { progress, step } = sandboxSchema.parse((await learner.ask('GET', `/api/sandboxes/${id}`)).json());
  assert.deepEqual({ progress, step }, { progress: 0.4, step: 'building the lab' });
  const check = await learner.ask('POST', `/api/sandboxes/${id}/tasks/create-env/check`);
  assert.deepEqual(errorOf(check, 409).details, { state: 'starting' });
});

test('reset, extend and end', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id, expiresAt } = await learner.start();
  const reset = await learner.ask('POST', `/api/sandboxes/${id}/reset`);
  assert.equal(reset.statusCode, 200);
  assert.equal(sandboxSchema.parse(reset.json()).id, id);
  assert.equal(fake.registry.entries.get(id)?.generation, 2);
  const headers = { 'content-type': 'application/json' };
  const extended = await learner.ask('POST', `/api/sandboxes/${id}/extend`, { headers, payload: '' });
  assert.equal(extended.statusCode, 200, 'an empty body is no body');
  assert.ok(sandboxSchema.parse(extended.json()).expiresAt > expiresAt);
  const ended = await learner.ask('DELETE', `/api/sandboxes/${id}`);
  assert.deepEqual([ended.statusCode, ended.body], [204, '']);
  errorOf(await learner.ask('DELETE', `/api/sandboxes/${id}`), 404);
  errorOf(await learner.ask('GET', `/api/sandboxes/${id}`), 404);
});

test('a check runs the script of the task and gives its verdict; only a passed one counts', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  const check = async (verdict: Verdict): Promise<void> => {
    fake.verdict = verdict;
    const response = await learner.ask('POST', `/api/sandboxes/${id}/tasks/create-env/check`);
    assert.equal(response.statusCode, 200);
    assert.deepEqual(verdictSchema.parse(response.json()), verdict);
  };
  const tasks = async () =>
    sandboxSchema.parse((await learner.ask('GET', `/api/sandboxes/${id}`)).json()).tasks;
  await check({ status: 'failed', message: 'There is no folder "env".', durationMs: 12 });
  await check({ status: 'timeout', message: 'Too slow.', durationMs: 10_000 });
  await check({ status: 'error', message: 'This check is faulty.', durationMs: 1 });
  assert.equal((await tasks())[0]?.status, 'not-yet');
  await check({ status: 'passed', message: 'Passed', durationMs: 9 });
  assert.deepEqual(await tasks(), [
    { id: 'create-env', status: 'passed', message: 'Passed' },
    { id: 'use-env', status: 'not-yet' },
  ]);
  assert.partialDeepStrictEqual(fake.checked[0], { script: 'echo create-env', timeoutMs: 10_000 });
  assert.equal(fake.progress.attempts.length, 4);
  const progress = progressSchema.parse((await learner.ask('GET', '/api/progress')).json());
  assert.deepEqual(
    progress.lessons.map((lesson) => [lesson.id, lesson.tasks.map(({ id }) => id)]),
    [['virtualenv/create', ['create-env']]],
  );
});

test('what belongs to somebody else does not exist', async (t) => {
  const { fake, app } = await appFor(t);
  const { id } = await new Learner(app).start();
  const other = new Learner(app);
  await other.start();
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/reset'],
    ['POST', '/extend'],
    ['POST', '/tasks/create-env/check'],
    ['GET', '/events'],
  ] as const) {
    assert.equal(errorOf(await other.ask(method, `/api/sandboxes/${id}${path}`), 404).code, 'not-found');
  }
  assert.equal(fake.registry.entries.size, 2);
  assert.deepEqual(fake.checked, []);
  assert.equal(
    progressSchema.parse((await new Learner(app).ask('GET', '/api/progress')).json()).lessons.length,
    0,
  );
});

test('bad input names the field, what was expected and what was found', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const post = (payload: object | string, type = 'application/json') =>
    learner.ask('POST', '/api/sandboxes', { payload, headers: { 'content-type': type } });
  assert.match(errorOf(await post({ lesson: 'virtualenv/none' }), 404).message, /virtualenv\/none/);
  assert.deepEqual(errorOf(await post({ lesson: 7 }), 400), {
    code: 'invalid',
    message: 'lesson: expected a string, found 7',
    details: [{ field: 'lesson', expected: 'a string', found: '7' }],
  });
  assert.match(errorOf(await post({}), 400).message, /lesson: expected a string, found nothing/);
  assert.match(errorOf(await post({ lesson: 'x'.repeat(201) }), 400).message, /at most 200 characters/);
  assert.match(
    errorOf(await post({ lesson: 'a', admin: true }), 400).message,
    /only known fields, found "admin"/,
  );
  assert.match(errorOf(await post([]), 400).message, /body: expected an object, found a list/);
  assert.match(errorOf(await post(''), 400).message, /body: expected an object, found nothing/);
  assert.match(errorOf(await post('{"lesson":'), 400).message, /body: expected JSON/);
  assert.equal(errorOf(await post(`"${'x'.repeat(40_000)}"`), 413).code, 'too-large');
  assert.equal(errorOf(await post('lesson=x', 'text/plain'), 415).code, 'unsupported-media-type');
  const { id } = await learner.start();
  errorOf(await learner.ask('POST', `/api/sandboxes/${id}/tasks/none/check`), 404);
  errorOf(await learner.ask('GET', '/api/sandboxes/none'), 404);
  assert.equal(fake.registry.entries.size, 1);
});

test('an unknown path is 404, a wrong method 405, a wrong address 400, all in the error form', async (t) => {
  const { app } = await appFor(t);
  assert.equal(errorOf(await app.inject('/api/none'), 404).code, 'not-found');
  assert.equal(errorOf(await app.inject('/none'), 404).code, 'not-found');
  const wrong = await app.inject({ method: 'PUT', url: '/api/sandboxes/x?y=1' });
  assert.equal(errorOf(wrong, 405).code, 'method-not-allowed');
  assert.deepEqual(String(wrong.headers.allow).split(', ').toSorted(), ['DELETE', 'GET', 'HEAD']);
  assert.equal(errorOf(await app.inject('/api/%zz'), 400).code, 'invalid');
});

test('bytes that are not HTTP are answered in the error form', async (t) => {
  const { app } = await appFor(t);
  const socket = connect(await listen(app), '127.0.0.1');
  socket.end('NONSENSE\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  assert.match(answer, /^HTTP\/1.1 400 /);
  errorOf({ statusCode: 400, body: answer.split('\r\n\r\n')[1] ?? '' }, 400);
});

test('every error code has its status', async (t) => {
  const { fake, app } = await appFor(t);
  const learner = new Learner(app);
  const start = () => learner.ask('POST', '/api/sandboxes', { payload: { lesson: 'virtualenv/create' } });
  for (const [code, status] of [
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['busy', 429],
    ['engine-unavailable', 503],
    ['lab-unavailable', 503],
    ['timeout', 504],
  ] as const) {
    fake.registry.refusal = new DrydockError(code, 'Said to the reader.', { details: { for: 'programs' } });
    const response = await start();
    const expected = { code, message: 'Said to the reader.', details: { for: 'programs' } };
    assert.deepEqual(errorOf(response, status), expected);
    const tryAgain = code === 'busy' || code === 'engine-unavailable';
    assert.equal(response.headers['retry-after'] !== undefined, tryAgain);
  }
  fake.registry.refusal = new DrydockError('internal', '/secret/path is broken');
  const error = errorOf(await start(), 500);
  assert.equal(error.code, 'internal');
  assert.doesNotMatch(JSON.stringify(error), /secret/);
});

test('health: the process serves, and readiness follows engine and labs', async (t) => {
  const { fake, app } = await appFor(t);
  assert.deepEqual((await app.inject('/healthz')).json(), { status: 'ok' });
  fake.labs = {
    python: { state: 'building', progress: 0.4 },
    docker: { state: 'failed', reason: 'no disk' },
  };
  const building = await app.inject('/readyz');
  assert.equal(building.statusCode, 200);
  assert.deepEqual(readySchema.parse(building.json()), { engine: 'fake', labs: fake.labs });
  fake.labs = { docker: { state: 'failed', reason: 'no disk' } };
  assert.equal((await app.inject('/readyz')).statusCode, 503);
  const broken = await appFor(t);
  broken.fake.engineFault = new DrydockError('engine-unavailable', 'Docker does not answer.');
  const response = await broken.app.inject('/readyz');
  assert.equal(response.statusCode, 503);
  const labs = { python: { state: 'ready' } };
  assert.deepEqual(readySchema.parse(response.json()), {
    engine: null,
    reason: 'Docker does not answer.',
    labs,
  });
  broken.fake.engineFault = undefined;
  assert.equal((await broken.app.inject('/readyz')).statusCode, 200, 'a fault is not remembered');
});

test('metrics count sandboxes, claims, starts and requests, these by route', async (t) => {
  const { app, fake } = await appFor(t);
  const learner = new Learner(app);
  const { id } = await learner.start();
  await learner.ask('GET', `/api/sandboxes/${id}`);
  await learner.ask('POST', `/api/sandboxes/${id}/tasks/use-env/check`);
  fake.registry.madeReady({ lab: 'python', warm: true, ms: 8 });
  fake.registry.madeReady({ lab: 'python', warm: false, ms: 2500 });
  const response = await app.inject('/metrics');
  assert.match(String(response.headers['content-type']), /^text\/plain; version=0\.0\.4/);
  for (const line of [
    'drydock_sandboxes{state="ready"} 1',
    'drydock_sandboxes{state="failed"} 0',
    'drydock_terminals 0',
    'drydock_viewers 0',
    'drydock_pool_warm{lab="python"} 2',
    'drydock_claims_total{kind="warm"} 3',
    'drydock_claims_total{kind="cold"} 1',
    'drydock_ready_seconds_bucket{le="0.01",lab="python",kind="warm"} 1',
    'drydock_ready_seconds_sum{lab="python",kind="cold"} 2.5',
    'drydock_verdicts_total{by="learner",status="failed"} 1',
    'drydock_verdicts_total{by="server",status="broken"} 0',
    'drydock_http_request_duration_seconds_count{method="GET",route="/api/sandboxes/:id",status="200"} 1',
  ]) {
    assert.ok(response.body.includes(`${line}\n`), line);
  }
  assert.match(response.body, /^process_resident_memory_bytes /m);
  assert.ok(!response.body.includes(id), 'no address of a sandbox in the figures');
});
