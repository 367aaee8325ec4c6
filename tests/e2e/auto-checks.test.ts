/** Checks that run by themselves, as a learner sees them in the page. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPage } from './support/browser.ts';
import { useTaskLesson } from './support/task-fixture.ts';

const drydock = useTaskLesson();

test('a learner who only types commands completes the lesson without pressing a button of a task', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    // The page must never show "Checking": nobody asked for a check.
    await lesson.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      for (const section of document.querySelectorAll<HTMLElement>('[data-task]')) {
        new MutationObserver(() => seen.push(section.dataset.status ?? '')).observe(section, {
          attributeFilter: ['data-status'],
        });
      }
    });
    for (const quiz of ['mooring', 'signals', 'bow']) await solveQuiz(lesson, quiz);
    const berth = await lesson.page.locator('.prose > p [data-value="berth"][data-known]').innerText();
    await lesson.run('echo hello > greeting.txt');
    await lesson.task('greet').getByText('does not name your berth').waitFor();
    await lesson.run(`echo ${berth} > greeting.txt`);
    await lesson.status('greet', 'Passed');
    await lesson.task('greet').getByText('The greeting names your berth.').waitFor();
    await lesson.run('cp greeting.txt copy.txt');
    await lesson.status('copy', 'Passed');
    await lesson.run('touch tide');
    await lesson.task('tide').getByText('The tide is coming in.').waitFor();
    await lesson.task('tide').getByText('Looking again by itself').waitFor();
    await lesson.status('tide', 'Passed');
    assert.equal(await lesson.task('tide').getByText('Looking again by itself').count(), 0);

    await lesson.page.locator('[data-lesson-end][data-state="done"]').waitFor();
    assert.equal(await lesson.page.locator('[data-time-taken]').innerText(), '1 minute');
    await lesson.page.locator('[data-announcer]').getByText('All tasks of this lesson are done.').waitFor();
    const seen = await lesson.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    assert.ok(!seen.includes('checking'), seen.join(' '));
    const done = await learner.progress();
    assert.equal(done?.tasks.length, 6);
    assert.ok(done?.finishedAt);
    assert.deepEqual(done?.help, []);

    await lesson.page.getByRole('link', { name: 'See what comes next' }).click();
    await lesson.page.getByRole('link', { name: 'Finish the course' }).click();
    await lesson.page.locator('main[data-state="done"]').waitFor();
    await lesson.page.getByLabel('Your name').fill('Robin Sailor');
    await lesson.page.reload();
    await lesson.page.locator('[data-certificate-name]').getByText('Robin Sailor').waitFor();
    assert.match(await lesson.page.locator('[data-certificate="time"]').innerText(), /minute/);
    assert.match(await lesson.page.locator('[data-certificate="date"]').innerText(), /\d{4}/);
  });
});

test('two tabs show the same, and a task that was undone says so in both', async () => {
  await drydock.withLearner(async (learner) => {
    const one = await learner.open();
    const two = await learner.open();
    await one.startLab();
    await two.state('ready');
    await one.page.bringToFront();
    const berth = await one.page.locator('.prose > p [data-value="berth"][data-known]').innerText();
    await one.run(`echo ${berth} > greeting.txt`);
    for (const tab of [one, two]) await tab.status('greet', 'Passed');
    await one.run('rm greeting.txt');
    for (const tab of [one, two]) {
      await tab.status('greet', 'Undone');
      await tab.task('greet').getByText('There is no file greeting.txt yet.').waitFor();
    }
    await two.page.reload();
    await two.status('greet', 'Undone');
    await two.task('greet').getByText('There is no file greeting.txt yet.').waitFor();
    await one.run(`echo ${berth} > greeting.txt`);
    for (const tab of [one, two]) await tab.status('greet', 'Passed');
  });
});

test('a fresh lab knows nothing of what was said about the last one', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    await lesson.startLab();
    await lesson.run('echo hello > greeting.txt');
    const message = lesson.task('greet').locator('[data-task-message]');
    await message.getByText('does not name your berth').waitFor();
    await lesson.page.getByRole('button', { name: 'Reset lab' }).click();
    await lesson.page.getByRole('dialog').getByRole('button', { name: /reset/i }).click();
    await message.waitFor({ state: 'hidden' });
    await lesson.state('ready');
    assert.equal(await message.isVisible(), false);
  });
});

/** Gives the right answers. */
async function solveQuiz(lesson: LessonPage, id: string): Promise<void> {
  const quiz = lesson.task(id);
  if (id === 'bow') await quiz.getByRole('textbox').fill('bow');
  else if (id === 'mooring') await quiz.getByRole('radio').first().check();
  else for (const number of [0, 1]) await quiz.getByRole('checkbox').nth(number).check();
  await quiz.getByRole('button', { name: 'Answer' }).click();
  await lesson.status(id, 'Passed');
}
