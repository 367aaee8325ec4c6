import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { progressSchema, sandboxSchema, type SandboxEvent } from '../../protocol/api.ts';
import { quizSchema, quizVerdictSchema } from '../../protocol/quiz.ts';
import { createApp } from '../../server/app.ts';
import { FakeServer } from '../fakes/http-deps.ts';
import { errorOf, Learner } from './client.ts';

const WHICH = '/api/lessons/virtualenv/create/quizzes/which';

async function scene(t: TestContext) {
  const fake = new FakeServer();
  const option = (text: string, correct = false) => ({ text, correct, because: `Because of ${text}.` });
  const quiz = quizSchema.parse({
    type: 'single',
    question: 'Which?',
    options: [option('bin'), option('lib', true)],
  });
  fake.quizzes = [{ kind: 'quiz', id: 'which', title: 'Which one', quiz }];
  const app = await createApp(fake.deps());
  t.after(async () => {
    await app.close();
    fake.cleanUp();
  });
  const learner = new Learner(app);
  const answer = (payload: object) => learner.ask('POST', WHICH, { payload });
  return { fake, app, learner, answer };
}

test('an answer is explained; only a right one passes, and needs no sandbox', async (t) => {
  const { learner, answer, fake } = await scene(t);
  const wrong = await answer({ options: [0] });
  assert.equal(wrong.statusCode, 200);
  assert.deepEqual(quizVerdictSchema.parse(wrong.json()), {
    status: 'failed',
    explanations: [{ option: 0, correct: false, because: 'Because of bin.' }],
  });
  const passed = async () =>
    progressSchema
      .parse((await learner.ask('GET', '/api/progress')).json())
      .lessons[0]?.tasks.map(({ id }) => id);
  assert.deepEqual((await passed()) ?? [], []);
  assert.equal(quizVerdictSchema.parse((await answer({ options: [1] })).json()).status, 'passed');
  assert.deepEqual(await passed(), ['which']);
  await answer({ options: [0] });
  assert.deepEqual(await passed(), ['which'], 'what is passed stays so');
  assert.deepEqual(fake.progress.attempts, [
    'virtualenv/create which failed',
    'virtualenv/create which passed',
    'virtualenv/create which failed',
  ]);
});

test("the learner's sandbox of the lesson is told of a right answer, that of others is not", async (t) => {
  const { fake, app, learner, answer } = await scene(t);
  const heard: [string, SandboxEvent][] = [];
  for (const one of [learner, new Learner(app)]) {
    const { id } = await one.start();
    fake.hub.subscribe(id, (event) => heard.push([one === learner ? 'own' : 'other', event]));
  }
  await answer({ options: [0] });
  await answer({ options: [1] });
  assert.deepEqual(heard, [
    [
      'own',
      { event: 'task', data: { id: 'which', verdict: { status: 'passed', message: '', durationMs: 0 } } },
    ],
  ]);
  const view = sandboxSchema.parse(
    (await learner.ask('POST', '/api/sandboxes', { payload: { lesson: 'virtualenv/create' } })).json(),
  );
  assert.deepEqual(view.tasks.at(-1), { id: 'which', status: 'passed' });
});

test('nothing that can be read tells which answer is right', async (t) => {
  const { learner } = await scene(t);
  const { id } = await learner.start();
  for (const url of ['/api/lessons', '/api/progress', `/api/sandboxes/${id}`, '/api/openapi.json', WHICH]) {
    assert.doesNotMatch((await learner.ask('GET', url)).body, /Because of/, url);
  }
});

test('what is no quiz, or no answer to it, is refused', async (t) => {
  const { learner, answer, fake } = await scene(t);
  const post = (url: string) => learner.ask('POST', url, { payload: { options: [0] } });
  assert.match(
    errorOf(await post('/api/lessons/virtualenv/create/quizzes/none'), 404).message,
    /no quiz "none"/,
  );
  errorOf(await post('/api/lessons/virtualenv/create/quizzes/create-env'), 404);
  errorOf(await post('/api/lessons/virtualenv/none/quizzes/which'), 404);
  assert.match(errorOf(await answer({ text: 'lib' }), 400).message, /expected numbers of options/);
  assert.match(errorOf(await answer({ options: [7] }), 400).message, /expected options from 0 to 1, found 7/);
  for (const payload of [
    {},
    { options: [] },
    { options: [9] },
    { options: ['1'] },
    { text: 'x'.repeat(201) },
  ]) {
    assert.match(
      errorOf(await answer(payload), 400).message,
      /^(body|options|options\.0|text): expected .+, found /,
    );
  }
  assert.deepEqual(fake.progress.attempts, []);
});

test('a quiz has no check', async (t) => {
  const { learner } = await scene(t);
  const { id } = await learner.start();
  errorOf(await learner.ask('POST', `/api/sandboxes/${id}/tasks/which/check`), 404);
});
