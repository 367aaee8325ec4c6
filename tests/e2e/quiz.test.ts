/** Quizzes as a learner answers them: no lab is needed, and the page does not know what is right before the server says it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPage } from './support/browser.ts';
import { useTaskLesson } from './support/task-fixture.ts';

const drydock = useTaskLesson();

const answer = (lesson: LessonPage, id: string) =>
  lesson.task(id).getByRole('button', { name: 'Answer' }).click();

test('one of several: a wrong answer is explained and may be tried again, the right one is locked in', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const quiz = lesson.task('mooring');
    await answer(lesson, 'mooring');
    await quiz.getByText('Choose an answer first.').waitFor();

    await quiz.getByRole('radio').nth(1).check();
    await answer(lesson, 'mooring');
    // Inline marks are rendered, and nothing else is markup.
    await quiz.getByText('A <b>flag</b> only tells something.').waitFor();
    assert.equal(await quiz.locator('[data-because] em').innerText(), 'tells');
    assert.equal(await quiz.locator('[data-because] b').count(), 0);
    await lesson.status('mooring', 'Not yet');

    await quiz.getByRole('radio').first().check();
    await answer(lesson, 'mooring');
    await lesson.status('mooring', 'Passed');
    assert.equal(await quiz.locator('[data-because]:visible').innerText(), 'Yes, a line on a bollard.');
    assert.equal(await quiz.locator('[data-because]:visible code').innerText(), 'line');
    assert.equal(await quiz.getByRole('button', { name: 'Answer' }).count(), 0);
    assert.ok(await quiz.getByRole('radio').nth(1).isDisabled());
    await lesson.page.locator('[data-lesson-progress]').first().getByText('1 of 6').waitFor();

    await lesson.page.reload();
    await lesson.status('mooring', 'Passed');
    await quiz.getByText('Yes, a line on a bollard.').waitFor();
    assert.deepEqual(
      (await learner.progress())?.tasks.map(({ id }) => id),
      ['mooring'],
    );
  });
});

test('several of several: what is right but not all says so', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const quiz = lesson.task('signals');
    await quiz.getByRole('checkbox').nth(0).check();
    await answer(lesson, 'signals');
    await quiz.getByText('something is missing').waitFor();
    await quiz.getByRole('checkbox').nth(2).check();
    await answer(lesson, 'signals');
    await quiz.getByText('It is heard.').waitFor();
    await quiz.getByText('Partly right').waitFor();
    await quiz.getByRole('checkbox').nth(2).uncheck();
    await quiz.getByRole('checkbox').nth(1).check();
    await answer(lesson, 'signals');
    await lesson.status('signals', 'Passed');
    assert.equal(await quiz.locator('[data-because]:visible').count(), 2);
  });
});

test('in the learner’s own words, with the keyboard alone', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const quiz = lesson.task('bow');
    await quiz.getByRole('textbox').focus();
    await lesson.page.keyboard.press('Enter');
    await quiz.getByText('Write an answer first.').waitFor();
    for (const [words, because] of [
      ['mast', 'Three letters, as in archery.'],
      ['stern', 'That is the back.'],
      ['  The BOW ', 'The bow goes first.'],
    ] as const) {
      await quiz.getByRole('textbox').fill(words);
      await lesson.page.keyboard.press('Enter');
      await quiz.getByText(because).waitFor();
    }
    await lesson.status('bow', 'Passed');
    await lesson.page.locator('[data-announcer]').getByText('That is right.').waitFor();
  });
});

test('an answer that does not get through says so and may be sent again', async () => {
  await drydock.withLearner(async (learner) => {
    const lesson = await learner.open();
    const quiz = lesson.task('mooring');
    await quiz.getByRole('radio').first().check();
    await lesson.page.route('**/quizzes/**', (route) => route.abort());
    await answer(lesson, 'mooring');
    await quiz.getByText('The server does not answer.').waitFor();
    await lesson.page.unroute('**/quizzes/**');
    await answer(lesson, 'mooring');
    await lesson.status('mooring', 'Passed');
  });
});
