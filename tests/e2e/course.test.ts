/** A course's page, and the first button of the home page, tell a learner where they are, and lead on. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const COURSE = '/lessons/virtualenv/';
const START = '2026-03-01T10:00:00.000Z';

const drydock = useDrydock();

/** A page for a learner who has passed the first task of so many lessons, and all of those before. */
async function open(lessons: readonly string[], done: number, url = COURSE): Promise<Page> {
  const context = await drydock.browser.newContext({ viewport: SIZES.laptop });
  const page = await context.newPage();
  const response = await page.request.get(`${drydock.server.address}/api/lessons`);
  const known = (await response.json()) as { id: string; tasks: { id: string }[] }[];
  const progress = lessons.map((id, index) => {
    const tasks = known.find((lesson) => lesson.id === id)?.tasks ?? [];
    const passed = index < done ? tasks : tasks.slice(0, 1);
    const finished = index < done ? { finishedAt: '2026-03-01T10:14:00.000Z' } : {};
    return {
      id,
      startedAt: START,
      ...finished,
      tasks: passed.map((task) => ({ id: task.id, passedAt: START })),
      help: [],
    };
  });
  await page.route('**/api/progress', (route) => route.fulfill({ json: { lessons: progress } }));
  await page.goto(drydock.server.address + url);
  return page;
}

const item = (page: Page, lesson: string) => page.locator(`[data-lesson-item="${lesson}"]`);

test('who has not begun begins with the first lesson', async () => {
  const page = await open([], 0);
  const link = page.getByRole('link', { name: 'Begin with lesson 1' });
  assert.equal(await link.getAttribute('href'), '/lessons/virtualenv/isolates/');
  assert.equal(await page.locator('[data-time-left]').isVisible(), false);
  await page.context().close();
});

test('who is in the middle goes on there, and sees what is done, how long it took, and what is left', async () => {
  const page = await open(['virtualenv/isolates', 'virtualenv/create'], 1);
  const link = page.getByRole('link', { name: 'Continue with lesson 2' });
  await link.waitFor();
  assert.match((await link.getAttribute('href')) ?? '', /\/lessons\/virtualenv\/create\/$/);
  assert.equal(await item(page, 'virtualenv/isolates').getAttribute('data-state'), 'done');
  assert.equal(await item(page, 'virtualenv/create').getAttribute('data-state'), 'begun');
  await item(page, 'virtualenv/isolates').getByText('took you 14 minutes').waitFor();
  await page.getByText(/^about 1 hour.* to go$/).waitFor();
  await page.context().close();
});

test('who has done all is led to the page that says so, and prints it', async () => {
  const response = await fetch(`${drydock.server.address}/api/lessons`);
  const all = ((await response.json()) as { id: string }[])
    .map(({ id }) => id)
    .filter((id) => id.startsWith('virtualenv/'));
  const page = await open(all, all.length);
  const link = page.getByRole('link', { name: 'See what you have done' });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), '/lessons/virtualenv/finished/');
  assert.equal(await page.locator('[data-time-left]').isVisible(), false);
  await link.click();
  await page.getByText('has worked through the course').waitFor();
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Print or save as PDF' }).click();
  await page.locator('body[data-printed]').waitFor();
  await page.context().close();
});

suite('the first button of the home page', () => {
  const begin = (page: Page) => page.getByRole('link', { name: 'Begin the first lesson', exact: true });
  const goOn = (page: Page) => page.getByRole('link', { name: 'Continue', exact: true });

  test('begins for who has not begun, with a script and without', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const context = await drydock.browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(drydock.server.address, { waitUntil: 'networkidle' });
      assert.match((await begin(page).getAttribute('href')) ?? '', /\/lessons\/start\/how-this-works\/$/);
      assert.equal(await goOn(page).count(), 0);
      await context.close();
    }
  });

  test('leads on for who has begun: nothing moves, and the next time it says so from the start', async () => {
    const page = await open(['virtualenv/isolates', 'virtualenv/create'], 1, '/');
    await goOn(page).waitFor();
    const next = /\/lessons\/virtualenv\/create\/$/;
    assert.match((await goOn(page).getAttribute('href')) ?? '', next);

    await page.unrouteAll();
    await page.route('**/api/progress', () => {});
    await page.reload();
    assert.match((await goOn(page).getAttribute('href')) ?? '', next);
    const place = await goOn(page).boundingBox();
    await page.evaluate(() => document.documentElement.removeAttribute('data-begun'));
    assert.deepEqual(await begin(page).boundingBox(), place, 'as large and at the same place as before');
    await page.context().close();
  });

  test('leads back to the lesson that the learner comes from, until the server tells', async () => {
    const page = await open(['virtualenv/isolates'], 0, '/lessons/virtualenv/isolates/');
    await page.locator('[data-task][data-status="passed"]').waitFor();
    await page.unrouteAll();
    await page.route('**/api/progress', () => {});
    await page.goto(drydock.server.address);
    assert.match((await goOn(page).getAttribute('href')) ?? '', /\/lessons\/virtualenv\/isolates\/$/);
    await page.context().close();
  });

  test('goes back to the beginning where the server knows of nothing that was passed', async () => {
    const page = await open(['virtualenv/isolates'], 1, '/');
    await goOn(page).waitFor();
    await page.unrouteAll();
    await page.reload();
    await begin(page).waitFor();
    await page.context().close();
  });
});
