/** The terminal for people who hear the page, see it in their own way, or do without a mouse. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const AXE = path.join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const LESSON = '/lessons/virtualenv/create/';

const drydock = useDrydock();
let context: BrowserContext;

afterEach(() => context.close());

type Options = Parameters<typeof drydock.browser.newContext>[0];

async function learner(options: Options = {}): Promise<LessonPage> {
  // axe is put into the page by this test, which the page's own policy rightly refuses.
  context = await drydock.browser.newContext({ viewport: SIZES.laptop, bypassCSP: true, ...options });
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(drydock.server.address + LESSON);
  await lesson.startLab();
  await lesson.shows(/\$\s*$/);
  return lesson;
}

async function axe({ page }: LessonPage): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const results: AxeResults = await page.evaluate('axe.run(document)');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}

test('with a screen reader everything is said once, and nothing said stays behind to be met again', async () => {
  const lesson = await learner();
  const { page } = lesson;
  await page.evaluate(() => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    new MutationObserver((changes) => {
      for (const change of changes) {
        const region = (change.target as Element).closest?.('[aria-live]:not([aria-live="off"])');
        if (!region || !region.closest('[data-terminal-screen]')) continue;
        for (const node of change.addedNodes) said.push(node.textContent ?? '');
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+L');
  await lesson.type('echo spoken-$((40+2))');
  await lesson.shows(/^spoken-42$/m);
  const said = (): Promise<string[]> => page.evaluate(() => (window as unknown as { said: string[] }).said);
  await page.waitForFunction(() =>
    (window as unknown as { said: string[] }).said.some((text) => text.includes('spoken-42')),
  );
  await lesson.type('echo more-$((40+2))');
  await page.waitForFunction(() =>
    (window as unknown as { said: string[] }).said.some((text) => text.includes('more-42')),
  );
  assert.equal((await said()).join(' ').split('spoken-42').length - 1, 1);

  // Read line by line, the screen is there once: in the list of rows, and after a while nowhere else.
  const readable = (): Promise<number> =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let found = 0;
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        if (textContent?.includes('spoken-42') && !parentElement?.closest('[aria-hidden="true"]')) found += 1;
      }
      return found;
    });
  await page.waitForTimeout(3500);
  assert.equal(await readable(), 1);
  assert.deepEqual(await axe(lesson), []);

  await page.reload();
  await lesson.state('ready');
  await page.locator('.xterm-accessibility').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Terminal menu' }).click();
  await page.getByRole('button', { name: 'Screen reader mode', pressed: true }).click();
  await page.locator('.xterm-accessibility').waitFor({ state: 'detached' });
});

test('the menu is reached, walked and left by keyboard', async () => {
  const lesson = await learner();
  const { page } = lesson;
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+M');
  const menu = page.getByRole('group', { name: 'Terminal menu' });
  await menu.getByRole('button', { name: 'Copy' }).first().waitFor();
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
  assert.match(await focused(), /^Copy/);
  await page.keyboard.press('ArrowDown');
  assert.match(await focused(), /^Paste/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.match(await focused(), /^Screen reader mode/);
  assert.deepEqual(await axe(lesson), []);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    'Terminal input',
    'the focus is where it was',
  );
});

test('what happens to the lab is said once, politely', async () => {
  const lesson = await learner();
  const announced = lesson.page.locator('[data-lab-announcement]');
  assert.equal(await announced.getAttribute('role'), 'status');
  await announced.filter({ hasText: 'The lab is ready' }).waitFor({ state: 'attached' });
  await context.setOffline(true);
  await announced.filter({ hasText: 'You are offline' }).waitFor({ state: 'attached' });
  await context.setOffline(false);
  await announced.filter({ hasText: 'The lab is ready' }).waitFor({ state: 'attached' });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`all colours of a program can be read: ${colorScheme}`, async () => {
    const lesson = await learner({ colorScheme });
    await lesson.type('for c in 3{1..7} 9{0..7}; do printf "\\e[${c}mcolour$c\\e[0m "; done; echo');
    await lesson.shows(/colour97/);
    const low = await lesson.page.evaluate(() => {
      const channel = (value: number) =>
        value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      const luminance = (colour: string) => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) =>
          channel(Number(part) / 255),
        );
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = document.querySelector('[data-terminal]') ?? document.body;
      const under = luminance(getComputedStyle(ground).backgroundColor);
      return [...document.querySelectorAll('.xterm-rows span')]
        .filter((span) => span.textContent.startsWith('colour'))
        .map((span) => {
          const over = luminance(getComputedStyle(span).color);
          const ratio = (Math.max(over, under) + 0.05) / (Math.min(over, under) + 0.05);
          return { text: span.textContent, ratio };
        })
        .filter(({ ratio }) => ratio < 4.5);
    });
    assert.deepEqual(low, []);
    for (const state of ['find', 'ended'] as const) {
      if (state === 'find') {
        await lesson.page.keyboard.press('Control+Shift+F');
        await lesson.page.getByRole('search').waitFor();
      } else {
        await lesson.page.getByRole('button', { name: 'End lab' }).click();
        await lesson.page.getByRole('dialog').getByRole('button', { name: /end/i }).click();
        await lesson.state('ended');
      }
      assert.deepEqual(await axe(lesson), [], state);
    }
  });
}

test('nothing blinks for those who asked for calm, and the terminal takes the focus for them too', async () => {
  const lesson = await learner({ reducedMotion: 'reduce' });
  await lesson.page.waitForFunction(() => document.activeElement?.matches('.xterm-helper-textarea'));
  const blinking = lesson.terminal.locator('.xterm-cursor-blink');
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  assert.equal(await blinking.count(), 0);
});
