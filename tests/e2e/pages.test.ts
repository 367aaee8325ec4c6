/** Every kind of page, in the sizes and themes that people use: nothing overflows, nothing is out of reach. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const SHOTS = path.join(ROOT, 'test-results', 'pages');
const PAGES = {
  home: '/',
  course: '/lessons/virtualenv/',
  lesson: '/lessons/virtualenv/create/',
  missing: '/lessons/no-such-course/',
};

const drydock = useDrydock();

before(() => mkdirSync(SHOTS, { recursive: true }));

interface Setting {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

const SETTINGS: readonly Setting[] = Object.keys(SIZES).flatMap((size) =>
  (['light', 'dark'] as const).map((theme) => ({ size: size as keyof typeof SIZES, theme })),
);

async function openPage({ size, theme }: Setting): Promise<Page> {
  const context = await drydock.browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    hasTouch: size === 'phone',
  });
  return context.newPage();
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const setting of SETTINGS) {
  suite(`${setting.size}, ${setting.theme}`, () => {
    for (const [name, url] of Object.entries(PAGES)) {
      test(`${name}: nothing overflows, axe finds nothing`, async () => {
        const page = await openPage(setting);
        await page.goto(drydock.server.address + url);
        await page.screenshot({ path: path.join(SHOTS, `${name}-${setting.size}-${setting.theme}.png`) });
        assert.equal(await overflow(page), 0);
        assert.deepEqual(await axe(page), []);
        await page.context().close();
      });
    }

    test('lesson with a lab: nothing overflows, axe finds nothing', async () => {
      const page = await openPage(setting);
      const lesson = new LessonPage(page);
      await lesson.open(`${drydock.server.address}/lessons/virtualenv/isolates/`);
      await lesson.startLab();
      await lesson.type('python3 --version');
      await lesson.shows(/Python 3/);
      await page.screenshot({ path: path.join(SHOTS, `lab-${setting.size}-${setting.theme}.png`) });
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await axe(page), []);
      await page.context().close();
    });
  });
}

test('the keyboard reaches every control of a lesson, and gets out of the terminal again', async () => {
  const page = await openPage({ size: 'laptop', theme: 'light' });
  const lesson = new LessonPage(page);
  await lesson.open(drydock.server.address + PAGES.lesson);
  const wanted = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'a[href], button, [role="separator"], summary, input',
    );
    // Of radio buttons that belong together the keyboard stops at one; arrow keys reach the others.
    const isFurtherRadio = (control: HTMLElement): boolean =>
      control instanceof HTMLInputElement &&
      control.type === 'radio' &&
      control.form?.querySelector('input[type="radio"]') !== control;
    const visible = [...controls].filter(
      (control) => control.checkVisibility() && control.tabIndex >= 0 && !isFurtherRadio(control),
    );
    for (const [index, control] of visible.entries()) control.dataset['seen'] = `${index}`;
    return visible.length;
  });
  const reached = new Set<string>();
  for (let presses = 0; presses < wanted + 20; presses++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['seen']);
    if (seen !== undefined) reached.add(seen);
  }
  assert.equal(reached.size, wanted);

  await page.getByRole('button', { name: 'Start lab' }).focus();
  await page.keyboard.press('Enter');
  await lesson.state('ready');
  const inside = (): Promise<boolean> =>
    page.evaluate(() => document.activeElement?.closest('[data-terminal-screen]') !== null);
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Tab');
  assert.equal(await inside(), true, 'Tab belongs to the shell');
  await page.keyboard.press('Control+Shift+Enter');
  assert.equal(await inside(), false, 'the documented key leaves the terminal');
  await page.context().close();
});

test('the divider moves by keyboard and mouse, and is where it was left after a reload', async () => {
  const page = await openPage({ size: 'laptop', theme: 'light' });
  await page.goto(drydock.server.address + PAGES.lesson);
  const divider = page.getByRole('separator', { name: /./ }).first();
  const left = async (): Promise<number> => Math.round((await divider.boundingBox())?.x ?? 0);
  const start = await left();
  await divider.focus();
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft');
  const moved = await left();
  assert.ok(moved < start, `moved left by keyboard: from ${start} to ${moved}`);
  await divider.hover();
  await page.mouse.down();
  await page.mouse.move(moved + 120, 400);
  await page.mouse.up();
  const dragged = await left();
  assert.ok(dragged > moved, `moved right by mouse: from ${moved} to ${dragged}`);
  await page.reload();
  assert.equal(await left(), dragged);
  await page.context().close();
});

test('hints unfold one by one, the solution shows and hides, and a check without a lab says what to do', async () => {
  const page = await openPage({ size: 'laptop', theme: 'dark' });
  const lesson = new LessonPage(page);
  await lesson.open(drydock.server.address + PAGES.lesson);
  const task = lesson.task('install-virtualenv');
  const hint = task.locator('[data-hint]').first();
  assert.equal(await hint.isVisible(), false);
  await task.getByRole('button', { name: 'Hint' }).click();
  await hint.waitFor({ state: 'visible' });
  await task.getByRole('button', { name: 'Show solution' }).click();
  await task.locator('[data-solution]').getByText('pip install virtualenv').waitFor();
  await task.getByRole('button', { name: 'Hide solution' }).click();
  await task.locator('[data-solution]').waitFor({ state: 'hidden' });
  await lesson.check('install-virtualenv');
  await task.locator('[data-task-message]').getByText('Start the lab first').waitFor();
  await page.context().close();
});
