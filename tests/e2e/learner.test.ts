/** A learner's way through a lesson, on the real engine: the platform's promise in one test file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';
import { startServer } from './support/server.ts';

const LESSON = '/lessons/virtualenv/create/';

const drydock = useDrydock();
let context: BrowserContext;

/** A lesson page of a learner who was never here. */
async function newLearner(path = LESSON): Promise<LessonPage> {
  context = await drydock.browser.newContext({ viewport: SIZES.laptop });
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(drydock.server.address + path);
  return lesson;
}

test('a lesson: start the lab, work in the shell, pass a task, reload, and find everything as it was', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.type("python3 -c 'print(6*7)'");
  await lesson.shows(/^42$/m);

  await lesson.check('create-env');
  await lesson.status('create-env', 'Not yet');
  assert.notEqual(await lesson.task('create-env').locator('[data-task-message]').innerText(), '');
  for (const line of [
    'python3 -m venv ~/tools',
    '~/tools/bin/pip install virtualenv',
    '~/tools/bin/virtualenv ~/myenv',
  ]) {
    await lesson.type(line);
  }
  await lesson.shows(/created virtual environment/);
  await lesson.check('install-virtualenv');
  await lesson.status('install-virtualenv', 'Passed');
  // Checked by itself, since the last command did it.
  await lesson.status('create-env', 'Passed');

  await lesson.page.reload();
  await lesson.state('ready');
  await lesson.shows(/^42$/m);
  await lesson.status('install-virtualenv', 'Passed');
  await lesson.type('echo still-$((40+2))');
  await lesson.shows(/^still-42$/m);

  await lesson.open(drydock.server.address);
  await lesson.page.locator('[data-lesson-progress="virtualenv/create"]').first().getByText('2 of').waitFor();
  await context.close();
});

test('no code for terminals is loaded before the learner asks for one', async () => {
  const lesson = await newLearner();
  const loaded = (): Promise<string[]> =>
    lesson.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  await lesson.page.waitForLoadState('networkidle');
  const before = await loaded();
  await lesson.startLab();
  const added = (await loaded()).filter((name) => !before.includes(name) && name.endsWith('.js'));
  assert.ok(added.length > 0, 'the terminal came with its own code');
  assert.deepEqual(
    before.filter((name) => added.includes(name)),
    [],
  );
  const sizes = await Promise.all(
    before
      .filter((name) => name.endsWith('.js'))
      .map(async (name) => (await lesson.page.request.get(name)).body()),
  );
  for (const body of sizes) assert.doesNotMatch(body.toString(), /xterm-helper-textarea/);
  await context.close();
});

test('a reload in the middle of vim restores its screen, and vim goes on', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.type('vi notes.txt');
  await lesson.shows(/~/);
  await lesson.page.keyboard.type('iwritten before the reload');
  await lesson.shows(/written before the reload/);
  await lesson.page.reload();
  await lesson.state('ready');
  await lesson.shows(/written before the reload[\s\S]*~/);
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  await lesson.page.keyboard.type(' and after');
  await lesson.page.keyboard.press('Escape');
  await lesson.type(':wq');
  await lesson.type('clear; cat notes.txt');
  await lesson.shows(/^written before the reload and after$/m);
  await context.close();
});

test('a server that is killed and started again loses neither the sandbox nor the screen', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.type('kept=7; echo before-$((20+1))');
  await lesson.shows(/^before-21$/m);
  const running = drydock.installation.containers();
  const port = Number(new URL(drydock.server.address).port);

  await drydock.server.kill();
  await lesson.state('reconnecting');
  const alive = spawnSync('docker', ['inspect', '-f', '{{.State.Running}}', ...running], {
    encoding: 'utf8',
  });
  assert.ok(!alive.stdout.includes('false'), 'sandboxes run on without the server');
  drydock.server = await startServer(drydock.installation, port);

  await lesson.state('ready');
  await lesson.shows(/^before-21$/m);
  await lesson.type('echo after-$((kept*6))');
  await lesson.shows(/^after-42$/m);
  await context.close();
});

test('a connection that drops is taken up again, and the page says so meanwhile', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.type('echo first-$((1+1))');
  await lesson.shows(/^first-2$/m);
  await context.setOffline(true);
  await lesson.state('reconnecting');
  await lesson.page
    .getByText(/reconnecting|offline/i)
    .first()
    .waitFor();
  await context.setOffline(false);
  await lesson.state('ready');
  await lesson.type('echo second-$((1+1))');
  await lesson.shows(/^first-2$[\s\S]*^second-2$/m);
  await context.close();
});

test('a lab that is reset gives a fresh scene, and one that has ended offers to start again', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.type('touch leftover; ls; echo listed');
  await lesson.shows(/leftover/);
  await lesson.page.getByRole('button', { name: 'Reset lab' }).click();
  await lesson.page.getByRole('dialog').getByRole('button', { name: /reset/i }).click();
  await lesson.shows(/^(?![\s\S]*leftover)[\s\S]*\$/);
  await lesson.state('ready');
  await lesson.type('ls | wc -l; echo counted');
  await lesson.shows(/^counted$/m);
  assert.doesNotMatch(await lesson.screen(), /leftover/);

  await lesson.page.getByRole('button', { name: 'End lab' }).click();
  await lesson.page.getByRole('dialog').getByRole('button', { name: /end/i }).click();
  await lesson.state('ended');
  await lesson.page.getByRole('button', { name: 'Start again' }).click();
  await lesson.state('ready');
  await lesson.type('echo again-$((2+3))');
  await lesson.shows(/^again-5$/m);
  await context.close();
});

test('a sandbox that dies says so and offers to start again', async () => {
  const lesson = await newLearner();
  await lesson.startLab();
  await lesson.shows(/\$/);
  await lesson.type('hostname > /dev/null; kill -9 -1');
  await lesson.state('ended');
  await lesson.page.getByRole('button', { name: 'Start again' }).waitFor();
  await context.close();
});
