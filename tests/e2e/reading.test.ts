/** A lesson as a text: without a script, on paper, and reached by a link to one of its tasks. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const LESSON = '/lessons/virtualenv/create/';
/** Height of the header that stays at the top, and a line more. */
const HEADER = 60;

const drydock = useDrydock();

interface Setting {
  readonly size: keyof typeof SIZES;
  readonly script?: boolean;
  readonly theme?: 'light' | 'dark';
}

async function open(url: string, { size, script = true, theme = 'light' }: Setting): Promise<Page> {
  const context = await drydock.browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  await page.goto(drydock.server.address + url);
  return page;
}

suite('without JavaScript', () => {
  for (const size of ['laptop', 'phone'] as const) {
    test(`${size}: everything can be read, and nothing that does nothing is shown`, async () => {
      const page = await open(LESSON, { size, script: false });
      const task = page.locator('#task-create-env');
      await task.getByText('Create an environment in the folder').waitFor();
      const hint = task.locator('[data-hint]').first();
      await hint.getByText('Hint').click();
      assert.equal(await hint.locator('p').first().isVisible(), true, 'a hint unfolds');
      await task.getByText('Solution', { exact: true }).click();
      await task.locator('noscript pre').waitFor();

      const quiz = page.locator('[data-kind="quiz"]').first();
      assert.ok((await quiz.locator('label:visible').count()) >= 2, 'the answers of a quiz can be read');
      await quiz.locator('noscript p').waitFor();
      const tabs = page.locator('.tabs').first();
      assert.deepEqual(await tabs.locator('.tab-label:visible').allTextContents(), [
        'Linux',
        'macOS',
        'Windows',
      ]);

      const buttons = page.locator('button:visible:not([popovertarget]), [role="tab"]:visible');
      assert.deepEqual(await buttons.allTextContents(), []);
      await page.getByRole('button', { name: /Contents/ }).click();
      await page.getByRole('link', { name: 'In short', exact: true }).click();
      await page.context().close();
    });
  }
});

suite('a link to a task', () => {
  for (const size of ['laptop', 'phone'] as const) {
    test(`${size}: leads to it, below the header, and shows which is meant`, async () => {
      const page = await open(LESSON, { size });
      const task = page.locator('#task-create-env');
      const anchor = task.getByRole('link', { name: 'Link to task 3' });
      await anchor.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/#task-create-env$/);
      const link = page.url();
      await page.goto('about:blank');
      await page.goto(link);
      await task.waitFor();
      const { top, border } = await task.evaluate((element) => ({
        top: element.getBoundingClientRect().top,
        border: getComputedStyle(element).borderTopColor,
      }));
      assert.ok(top >= HEADER - 10 && top < SIZES[size].height / 2, `its top is at ${top}`);
      const other = await page
        .locator('#task-activate')
        .evaluate((element) => getComputedStyle(element).borderTopColor);
      assert.notEqual(border, other, 'it looks different from the others');
      assert.deepEqual(await axe(page), []);
      await page.context().close();
    });
  }

  test('is followed again after a reload, where the text scrolls in its own pane', async () => {
    const page = await open(`${LESSON}#task-activate`, { size: 'laptop' });
    const task = page.locator('#task-activate');
    const top = (): Promise<number> => task.evaluate((element) => element.getBoundingClientRect().top);
    const opened = await top();
    assert.ok(opened >= HEADER - 10 && opened < 200, `its top is at ${opened}`);
    await page.reload();
    await page.waitForFunction(
      ([id, wanted]) => {
        const found = document.querySelector(id)?.getBoundingClientRect().top ?? Infinity;
        return Math.abs(found - wanted) < 20;
      },
      ['#task-activate', opened] as const,
    );
    await page.context().close();
  });

  test('a heading is reached the same way', async () => {
    const page = await open(`${LESSON}#activate-and-deactivate`, { size: 'phone' });
    const top = await page
      .locator('#activate-and-deactivate')
      .evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(top >= HEADER - 10 && top < 200, `its top is at ${top}`);
    await page.context().close();
  });
});

suite('on paper', () => {
  test('the text, all variants, boxes to tick and addresses; nothing to press, nothing that answers', async () => {
    const page = await open(LESSON, { size: 'laptop', theme: 'dark' });
    await page.evaluate(() => localStorage.setItem('drydock.theme', 'dark'));
    await page.reload();
    const task = page.locator('#task-install-virtualenv');
    await task.getByRole('button', { name: 'Hint' }).click();
    await task.getByRole('button', { name: 'Show solution' }).click();
    await page.emulateMedia({ media: 'print' });
    const shown = page.locator(
      'button:visible, header.site-header:visible, [data-pane="lab"]:visible, .anchor:visible',
    );
    assert.equal(await shown.count(), 0, 'controls stay on the screen');
    assert.equal(await page.locator('[data-hint]:visible, [data-solution]:visible').count(), 0);
    assert.ok((await page.locator('.tab-label:visible').count()) >= 3, 'each variant with its name');
    const { background, address } = await page.evaluate(() => {
      const link = document.querySelector('.prose a[href^="http"]');
      return {
        background: getComputedStyle(document.documentElement).backgroundColor,
        address: link ? getComputedStyle(link, '::after').content : '',
      };
    });
    assert.equal(background, 'rgb(252, 252, 253)', 'paper is light in the dark theme too');
    assert.match(address, /https:/);
    assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
    await page.context().close();
  });

  test('the button at the top of a lesson prints it', async () => {
    const page = await open(LESSON, { size: 'phone' });
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '');
    });
    await page.getByRole('button', { name: 'Print' }).click();
    await page.locator('body[data-printed]').waitFor();
    await page.context().close();
  });
});

suite('a word of the glossary', () => {
  const WITH_TERMS = '/lessons/containers/by-hand/';

  test('says what it means to the pointer and to the keyboard, until Escape', async () => {
    const page = await open(WITH_TERMS, { size: 'laptop' });
    const term = page.getByRole('link', { name: 'namespaces' }).first();
    const box = page.getByRole('tooltip');
    await term.hover();
    await box.getByText('A private view that the Linux kernel gives').waitFor();
    assert.deepEqual(await axe(page), []);
    await box.hover();
    await page.waitForTimeout(400);
    assert.equal(await box.isVisible(), true, 'one can point at it');
    await page.mouse.move(2, 2);
    await box.waitFor({ state: 'hidden' });

    await term.focus();
    await box.waitFor();
    assert.equal(await term.getAttribute('aria-describedby'), await box.getAttribute('id'));
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await page.waitForURL('**/glossary/#namespace');
    await page.getByRole('heading', { name: /^Namespace/ }).waitFor();
    await page.context().close();
  });

  test('without a script it is a link', async () => {
    const page = await open(WITH_TERMS, { size: 'phone', script: false });
    await page.getByRole('link', { name: 'namespaces' }).first().click();
    await page.waitForURL('**/glossary/#namespace');
    await page.context().close();
  });
});
