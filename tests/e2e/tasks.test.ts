/** Help, commands and values of a lesson's tasks, on the real engine. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { axe } from './support/axe.ts';
import type { LessonPage } from './support/browser.ts';
import { useTaskLesson } from './support/task-fixture.ts';
import { TASK_LESSON } from './support/task-lesson.ts';

const drydock = useTaskLesson();

const fence = (lesson: LessonPage) => lesson.page.locator('[data-run]').first();
const run = (lesson: LessonPage) => fence(lesson).locator('[data-run-button]').click();
const value = (lesson: LessonPage, name: string) => lesson.page.locator(`.prose > p [data-value="${name}"]`);
/** How often the fence's command was typed: it leaves one line each time. */
async function timesTyped(lesson: LessonPage): Promise<string> {
  await lesson.shows(/\$\s*$/);
  await lesson.type('clear; cat ran.txt 2>/dev/null | wc -l | sed s/^/count:/');
  await lesson.shows(/^count:\d+$/m);
  return /^count:(\d+)$/m.exec(await lesson.screen())?.[1] ?? '';
}

test('values stand in the text while the lab is there, and their placeholders before and after', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const before = await value(lesson, 'berth').innerText();
    await lesson.startLab();
    await value(lesson, 'berth').and(lesson.page.locator('[data-known]')).waitFor();
    const berth = await value(lesson, 'berth').innerText();
    assert.notEqual(berth, before);
    assert.match(await value(lesson, 'dock').innerText(), /^2\d{4}$/);
    assert.equal(await fence(lesson).locator('[data-value="berth"]').innerText(), berth);
    // What only the sandbox knows comes after the command that makes it.
    assert.equal(await value(lesson, 'manifest').and(lesson.page.locator('[data-known]')).count(), 0);
    await lesson.run('echo twelve-crates > manifest.txt');
    await value(lesson, 'manifest').getByText('twelve-crates').waitFor();

    await lesson.page.reload();
    await value(lesson, 'berth').getByText(berth).waitFor();
    await lesson.page.getByRole('button', { name: 'End lab' }).click();
    await lesson.page.getByRole('dialog').getByRole('button', { name: /end/i }).click();
    await lesson.state('ended');
    assert.equal(await value(lesson, 'berth').innerText(), before);
  });
});

test('a command is typed by one press, which starts the lab where none runs', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await run(lesson);
    await fence(lesson).getByText('Your lab is starting').waitFor();
    await fence(lesson).getByRole('button', { name: 'Typed' }).waitFor();
    await lesson.shows(/^1 ran\.txt$/m);
    const berth = await value(lesson, 'berth').innerText();
    await lesson.shows(new RegExp(`echo berth-${berth} >> ran`));
    await fence(lesson).getByRole('button', { name: 'Run in terminal' }).waitFor();
    assert.equal(await timesTyped(lesson), '1');
  });
});

test('a value that is not known yet is asked for in words, and nothing is typed', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    await lesson.page.locator('[data-run]').nth(1).locator('[data-run-button]').click();
    await lesson.page.getByText('needs a value that your lab does not have yet: manifest').waitFor();
    assert.doesNotMatch(await lesson.screen(), /seen\.txt/);
  });
});

test('while something runs or stands at the prompt it asks, and types once it is told to', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    await lesson.shows(/\$\s*$/);
    await lesson.type('sleep 3');
    await lesson.page.waitForTimeout(300);
    await run(lesson);
    await fence(lesson).getByText('Something is running').waitFor();
    await fence(lesson).getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await fence(lesson).getByText('Something is running').count(), 0);

    await lesson.shows(/\$\s*$/);
    await lesson.terminal.locator('.xterm-helper-textarea').focus();
    await lesson.page.keyboard.type('echo half; ');
    await lesson.shows(/echo half;/);
    await run(lesson);
    await fence(lesson).getByText('already stands at the prompt').waitFor();
    await fence(lesson).getByText('echo half;').waitFor();
    await fence(lesson).getByRole('button', { name: 'Type anyway' }).click();
    await lesson.shows(/^half$/m);
    await lesson.shows(/^1 ran\.txt$/m);
    assert.equal(await timesTyped(lesson), '1');
  });
});

test('a network that drops right after the press leads to no second typing', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    await lesson.shows(/\$\s*$/);
    // The request gets to the server, its answer does not get back.
    await lesson.page.route('**/terminals/main/type', async (route) => {
      await route.fetch();
      await learner.context.setOffline(true);
      await route.abort('connectionreset');
    });
    await run(lesson);
    await fence(lesson).getByText('it may not have been typed').waitFor();
    await lesson.state('reconnecting');
    await lesson.page.unroute('**/terminals/main/type');
    await learner.context.setOffline(false);
    await lesson.state('ready');
    await lesson.shows(/^1 ran\.txt$/m);
    await lesson.page.waitForTimeout(1500);
    assert.equal(await timesTyped(lesson), '1');
  });
});

test('on a phone a press opens the lab and types into it', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await fence(lesson).locator('[data-run-button]').tap();
    await lesson.page.locator('[data-pane="lab"][data-sheet="open"]').waitFor();
    await fence(lesson).getByRole('button', { name: 'Typed' }).waitFor();
    await lesson.shows(/ran\.txt/);
  }, 'phone');
});

test('hints: the lab’s own first, then the written ones; all help is recorded', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const task = lesson.task('greet');
    await lesson.startLab();
    await lesson.run('echo wrong > greeting.txt');
    const hint = task.getByRole('button', { name: 'Hint' });
    await hint.click();
    await task.getByText('From your lab:').waitFor();
    await task.getByText('greeting.txt says: wrong').waitFor();
    await hint.click();
    await task.getByText('Use echo and >.').waitFor();
    assert.equal(await task.getByText('The whole command is in the solution.').isVisible(), false);
    await task.getByRole('button', { name: 'Show solution' }).click();
    await task.getByRole('button', { name: 'Hide solution' }).click();
    await task.getByRole('button', { name: 'Show solution' }).click();
    await task.getByRole('button', { name: 'Type it for me' }).click();
    await lesson.status('greet', 'Passed');
    await expectHelp(learner, ['hint', 'hint', 'solution', 'typed']);
  });
});

test('without a lab the written hints unfold at once', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const task = lesson.task('greet');
    await task.getByRole('button', { name: 'Hint' }).click();
    await task.getByText('Use echo and >.').waitFor();
    await task.getByRole('button', { name: 'Check' }).click();
    await task.getByText('Start the lab first').waitFor();
    await expectHelp(learner, ['hint']);
  });
});

test('what the page adds keeps nobody out: axe finds nothing in questions, hints and explanations', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    await lesson.run('echo wrong > greeting.txt');
    await lesson.task('greet').getByRole('button', { name: 'Hint' }).click();
    await lesson.task('greet').getByText('From your lab:').waitFor();
    await lesson.task('greet').getByRole('button', { name: 'Show solution' }).click();
    await lesson.task('greet').getByText('does not name your berth').waitFor();
    for (const id of ['signals', 'bow']) {
      const quiz = lesson.task(id);
      await (id === 'bow'
        ? quiz.getByRole('textbox').fill('stern')
        : quiz.getByRole('checkbox').last().check());
      await quiz.getByRole('button', { name: 'Answer' }).click();
      await quiz.locator('[data-because]:visible').first().waitFor();
    }
    await lesson.type('sleep 60');
    await lesson.page.waitForTimeout(300);
    await run(lesson);
    await fence(lesson).getByText('Something is running').waitFor();
    assert.deepEqual(await axe(lesson.page), []);
  });
});

test('until something is pressed a lesson costs 15 KiB of code and styles at most', async () => {
  await drydock.withLearner(async (learner) => {
    const page = await learner.context.newPage();
    const sizes = new Map<string, Promise<number>>();
    page.on('requestfinished', (request) => {
      if (!/\.(?:js|css)$/.test(request.url())) return;
      sizes.set(
        path.basename(request.url()),
        request.sizes().then(({ responseBodySize }) => responseBodySize),
      );
    });
    await page.goto(learner.address + TASK_LESSON);
    await page.waitForLoadState('networkidle');
    const bytes = await Promise.all([...sizes].map(async ([name, size]) => ({ name, bytes: await size })));
    const total = bytes.reduce((sum, file) => sum + file.bytes, 0);
    assert.ok(total > 0 && total <= 15 * 1024, `${total} bytes: ${JSON.stringify(bytes)}`);
  });
});

test('what is built for learners holds nothing of the author bar', () => {
  const code = globSync('dist/_astro/*.js', { cwd: drydock.root }).map((file) =>
    readFileSync(path.join(drydock.root, file), 'utf8'),
  );
  assert.ok(
    code.some((text) => text.includes('/api/help')),
    'the tasks’ code was looked at',
  );
  for (const text of code) assert.doesNotMatch(text, /api\/author|open-in-editor|author-bar/);
});

/** Help is sent without anyone waiting for it. */
async function expectHelp(
  learner: { progress(): Promise<{ help: { kind: string }[] } | undefined> },
  kinds: string[],
): Promise<void> {
  const end = Date.now() + 10_000;
  let found: string[] = [];
  while (Date.now() < end && found.length < kinds.length) {
    found = (await learner.progress())?.help.map(({ kind }) => kind) ?? [];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.deepEqual(found, kinds);
}
