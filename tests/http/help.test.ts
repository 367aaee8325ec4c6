import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { checkRunSchema, hintSchema, progressSchema, sandboxSchema } from '../../protocol/api.ts';
import { createApp } from '../../server/app.ts';
import type { AppDeps } from '../../server/http/deps.ts';
import { progressView } from '../../server/http/progress-view.ts';
import { FakeServer } from '../fakes/http-deps.ts';
import { appFor, errorOf, Learner } from './client.ts';

const LESSON = 'virtualenv/create';

async function scene(t: TestContext, changes: Partial<AppDeps> = {}) {
  const fake = new FakeServer();
  fake.values = [
    { name: 'color', kind: 'word', scriptFile: undefined },
    { name: 'web_port', kind: 'port', scriptFile: undefined },
  ];
  fake.hints = { 'create-env': 'look around' };
  const app = await createApp(fake.deps(changes));
  t.after(async () => {
    await app.close();
    fake.cleanUp();
  });
  const learner = new Learner(app);
  return { fake, app, learner, sandbox: await learner.start() };
}

test('help is kept, with the lesson and the task, without a sandbox', async (t) => {
  const { app } = await appFor(t);
  const learner = new Learner(app);
  for (const kind of ['hint', 'hint', 'solution', 'typed']) {
    const payload = { lesson: LESSON, task: 'create-env', kind };
    const response = await learner.ask('POST', '/api/help', { payload });
    assert.deepEqual([response.statusCode, response.body], [204, '']);
  }
  const progress = progressSchema.parse((await learner.ask('GET', '/api/progress')).json());
  assert.deepEqual(
    progress.lessons.map(({ id, help }) => [id, help.map(({ task, kind }) => `${task} ${kind}`)]),
    [[LESSON, ['create-env hint', 'create-env hint', 'create-env solution', 'create-env typed']]],
  );
  const other = await new Learner(app).ask('GET', '/api/progress');
  assert.deepEqual(progressSchema.parse(other.json()).lessons, []);
});

test('help with what there is not is refused', async (t) => {
  const { app } = await appFor(t);
  const learner = new Learner(app);
  const post = (changes: object) =>
    learner.ask('POST', '/api/help', {
      payload: { lesson: LESSON, task: 'create-env', kind: 'hint', ...changes },
    });
  assert.match(errorOf(await post({ lesson: 'a/b' }), 404).message, /no lesson "a\/b"/);
  assert.match(errorOf(await post({ task: 'none' }), 404).message, /no task "none"/);
  assert.match(errorOf(await post({ kind: 'peek' }), 400).message, /kind: expected .*hint.*, found "peek"/);
  assert.deepEqual(progressSchema.parse((await learner.ask('GET', '/api/progress')).json()).lessons, []);
});

test('a hint script says something about the sandbox, with the values of the learner', async (t) => {
  const { fake, learner, sandbox } = await scene(t);
  fake.registry.result = {
    code: 0,
    stdout: 'There is a folder \u001b[1menvv\u001b[0m.\n',
    stderr: '',
    timedOut: false,
  };
  const response = await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/create-env/hint`);
  assert.deepEqual(hintSchema.parse(response.json()), { message: 'There is a folder envv.' });
  const { color, web_port } = sandbox.values;
  assert.equal(
    fake.registry.inputs[0],
    `export LESSON_COLOR='${color}' LESSON_WEB_PORT='${web_port}'; look around`,
  );
});

test('a hint script that fails says nothing, and the log says why', async (t) => {
  const { fake, learner, sandbox } = await scene(t);
  const hint = async () =>
    (await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/create-env/hint`)).json();
  fake.registry.result = { code: 2, stdout: 'half a hint', stderr: 'no such file', timedOut: false };
  assert.deepEqual(await hint(), { message: '' });
  fake.registry.result = { code: null, stdout: 'half a hint', stderr: '', timedOut: true };
  assert.deepEqual(await hint(), { message: '' });
  assert.equal(fake.logged.length, 2);
  assert.partialDeepStrictEqual(fake.logged[0], {
    lesson: LESSON,
    task: 'create-env',
    code: 2,
    stderr: 'no such file',
  });
});

test('where there is no hint script, or no sandbox of this learner, there is no hint', async (t) => {
  const { app, learner, sandbox } = await scene(t);
  errorOf(await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/use-env/hint`), 404);
  errorOf(await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/none/hint`), 404);
  errorOf(await new Learner(app).ask('POST', `/api/sandboxes/${sandbox.id}/tasks/create-env/hint`), 404);
});

test("values are the sandbox's own, stay over requests, and are others after a reset", async (t) => {
  const { app, learner, sandbox } = await scene(t);
  assert.match(sandbox.values['color'] ?? '', /^[a-z]+$/);
  assert.match(sandbox.values['web_port'] ?? '', /^2\d{4}$/);
  const now = async () =>
    sandboxSchema.parse((await learner.ask('GET', `/api/sandboxes/${sandbox.id}`)).json()).values;
  assert.deepEqual(await now(), sandbox.values);
  await learner.ask('POST', `/api/sandboxes/${sandbox.id}/reset`);
  assert.notDeepEqual(await now(), sandbox.values);
  assert.notDeepEqual((await new Learner(app).start()).values, sandbox.values);
});

test('checks see the values', async (t) => {
  const { fake, learner, sandbox } = await scene(t);
  await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/create-env/check`);
  assert.deepEqual(fake.checked[0]?.values, sandbox.values);
});

test('what was told stands in the view until a reset; what was undone is broken', async (t) => {
  const { fake, learner, sandbox } = await scene(t);
  const check = async (status: 'passed' | 'failed', message: string) => {
    fake.verdict = { status, message, durationMs: 1 };
    return (await learner.ask('POST', `/api/sandboxes/${sandbox.id}/tasks/create-env/check`)).json().status;
  };
  const first = async () =>
    sandboxSchema.parse((await learner.ask('GET', `/api/sandboxes/${sandbox.id}`)).json()).tasks[0];
  await check('failed', 'There is no folder.');
  assert.deepEqual(await first(), { id: 'create-env', status: 'not-yet', message: 'There is no folder.' });
  await check('passed', 'Well done.');
  assert.equal(await check('failed', 'The folder is gone.'), 'broken');
  assert.deepEqual(await first(), { id: 'create-env', status: 'broken', message: 'The folder is gone.' });
  await learner.ask('POST', `/api/sandboxes/${sandbox.id}/reset`);
  assert.deepEqual(await first(), { id: 'create-env', status: 'passed' });
  assert.equal(await check('failed', 'There is no folder.'), 'failed', 'it did not pass in this sandbox');
  assert.deepEqual(await first(), { id: 'create-env', status: 'passed' }, 'no words of failure beside it');
});

test('an author sees all that a check says, and nobody is told', async (t) => {
  const { fake, learner, sandbox } = await scene(t);
  fake.registry.result = { code: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false };
  const response = await learner.ask('POST', `/api/author/sandboxes/${sandbox.id}/tasks/create-env/check`);
  const { file, durationMs, ...run } = checkRunSchema.parse(response.json());
  assert.deepEqual(run, { code: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  assert.ok(durationMs >= 0 && path.isAbsolute(file) && file.endsWith('create-env.sh'));
  assert.deepEqual([fake.progress.attempts, fake.logged], [[], []]);
});

test('with a built site there is nothing for authors', async (t) => {
  const site = mkdtempSync(path.join(tmpdir(), 'drydock-site-'));
  t.after(() => rmSync(site, { recursive: true }));
  writeFileSync(path.join(site, 'index.html'), '<!doctype html><title>Site</title>');
  const { learner, sandbox } = await scene(t, { siteFolder: site });
  errorOf(await learner.ask('POST', `/api/author/sandboxes/${sandbox.id}/tasks/create-env/check`), 404);
});

test('a lesson is finished when the last of its tasks is passed', () => {
  const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 12, minute)).toISOString();
  const lesson = { id: 'a/b', startedAt: at(0), help: [] };
  const tasks = [
    { id: 'second', passedAt: at(5) },
    { id: 'first', passedAt: at(9) },
  ];
  const finished = (passed: typeof tasks, ids: string[] | undefined) =>
    progressView(
      { lessons: [{ ...lesson, tasks: passed }] },
      () => ids && { tasks: ids.map((id) => ({ id })) },
    ).lessons[0]?.finishedAt;
  assert.equal(finished(tasks, ['first', 'second']), at(9));
  assert.equal(finished(tasks, ['second']), at(5), 'a task that the lesson has no more does not count');
  assert.equal(finished(tasks, ['first', 'second', 'third']), undefined);
  assert.equal(finished([], ['first']), undefined);
  assert.equal(finished(tasks, undefined), undefined, 'the lesson is gone');
});
