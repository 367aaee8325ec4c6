/** The search over all lessons, as a reader uses it: by keyboard, by finger, and where it does not work. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const SHOTS = path.join(import.meta.dirname, '..', '..', 'test-results', 'search');
const LESSON = '/lessons/virtualenv/create/';

const drydock = useDrydock();

before(() => mkdirSync(SHOTS, { recursive: true }));

interface Setting {
  readonly size?: keyof typeof SIZES;
  readonly theme?: 'light' | 'dark';
}

async function open(url: string, { size = 'laptop', theme = 'light' }: Setting = {}): Promise<Page> {
  const context = await drydock.browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    hasTouch: size === 'phone',
  });
  const page = await context.newPage();
  await page.goto(drydock.server.address + url);
  return page;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Search the lessons' });
const chosen = (page: Page) => dialog(page).locator('[role="option"][aria-selected="true"]');

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await field(page).waitFor();
  await page.keyboard.type(words);
}

test('by keyboard: open, type, choose, and land at the task that was found', async () => {
  const page = await open(LESSON);
  await search(page, 'logbook');
  await chosen(page).waitFor();
  assert.match((await chosen(page).textContent()) ?? '', /Data that outlives its container.*Docker/);
  assert.ok((await dialog(page).locator('mark').count()) > 0, 'what was looked for is marked');
  const task = dialog(page).getByRole('option', { name: /Task \d Keep a logbook/ });
  for (let presses = 0; presses < 10 && (await task.getAttribute('aria-selected')) !== 'true'; presses++) {
    await page.keyboard.press('ArrowDown');
  }
  assert.equal(await field(page).getAttribute('aria-activedescendant'), await task.getAttribute('id'));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/lessons/docker/data/#task-logbook');
  await page.locator('#task-logbook').waitFor();
  assert.ok(
    await page.locator('#task-logbook').evaluate((task) => task.getBoundingClientRect().top < innerHeight),
    'the task is in sight',
  );
  await page.context().close();
});

test('the focus stays in the dialog, and is where it was when Escape has closed it', async () => {
  const page = await open(LESSON);
  const start = page.getByRole('button', { name: 'Start lab' });
  await start.focus();
  await page.keyboard.press('Control+k');
  await field(page).waitFor();
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(
      () => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null,
    );
    assert.equal(outside, false);
  }
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  assert.equal(await start.evaluate((button) => button === document.activeElement), true);
  await page.context().close();
});

test('a slash in a field is a slash, and Ctrl+K in the terminal is the shell’s', async () => {
  const page = await open('/lessons/virtualenv/isolates/');
  const lesson = new LessonPage(page);
  await lesson.startLab();
  await lesson.type('echo /tmp');
  await lesson.shows(/^\/tmp$/m);
  await page.keyboard.type('echo kept');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(' /');
  await page.keyboard.press('Enter');
  await lesson.shows(/^kept \/$/m);
  assert.equal(await page.locator('dialog.search').count(), 0, 'not even its code has come');
  await page.context().close();
});

test('nothing found, and an index that does not come, are told; Enter tries again', async () => {
  const page = await open('/');
  await search(page, 'xqzzyv');
  await dialog(page).getByText('Nothing found for “xqzzyv”').first().waitFor();
  assert.deepEqual(await axe(page), []);
  await page.context().close();

  const cut = await open('/');
  await cut.route('**/pagefind/pagefind.js', (route) => route.abort());
  await search(cut, 'volume');
  await dialog(cut).getByText('The search did not answer').first().waitFor();
  assert.deepEqual(await axe(cut), []);
  await cut.context().close();
});

test('a page that is only read has nothing of the search but its button', async () => {
  const page = await open(LESSON);
  await page.waitForLoadState('networkidle');
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => entry.name),
  );
  assert.deepEqual(
    loaded.filter((name) => /pagefind|search/.test(name)),
    [],
  );
  await page.context().close();
});

suite('results in the sizes and themes that people use', () => {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${size}, ${theme}: nothing overflows, axe finds nothing`, async () => {
        const page = await open('/', { size, theme });
        await page.getByRole('button', { name: 'Search' }).click();
        await field(page).fill('namespace');
        await chosen(page).waitFor();
        await page.screenshot({ path: path.join(SHOTS, `results-${size}-${theme}.png`) });
        assert.deepEqual(await axe(page), []);
        const box = await dialog(page).boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= SIZES[size].width, 'inside of the window');
        assert.ok(box.y + box.height <= SIZES[size].height, 'inside of the window');
        await page.context().close();
      });
    }
  }
});
