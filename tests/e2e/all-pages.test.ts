/**
 * Every page of the site once, each in the next of the sizes and themes: nothing overflows, axe finds nothing. Then on a
 * phone: its pictures can be read, and its tables are there as a whole.
 */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const SITE = path.join(import.meta.dirname, '..', '..', 'dist');
const PAGES = [
  ...globSync('**/index.html', { cwd: SITE }).map((file) => `/${file.replace(/index\.html$/, '')}`),
  '/no-such-page/',
].toSorted();

/** Pixels of the smallest letters that a picture may have. */
const SMALLEST_LETTERS = 10.5;

const drydock = useDrydock();

interface Setting {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

const SETTINGS: readonly Setting[] = (Object.keys(SIZES) as (keyof typeof SIZES)[]).flatMap((size) =>
  (['light', 'dark'] as const).map((theme) => ({ size, theme })),
);
const contexts = new Map<Setting, Promise<BrowserContext>>();

/** One for each setting, since it costs more than a page. */
function contextFor(setting: Setting): Promise<BrowserContext> {
  const known = contexts.get(setting);
  if (known) return known;
  const made = drydock.browser.newContext({
    viewport: SIZES[setting.size],
    colorScheme: setting.theme,
    hasTouch: setting.size === 'phone',
    reducedMotion: 'reduce',
  });
  contexts.set(setting, made);
  return made;
}

/** What of the lesson's text has no room in the window, one line each, once the page has taken the window's size. */
function cramped(page: Page): Promise<string[]> {
  return page.evaluate(async (smallest) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await document.fonts.ready;
    const letters = [...document.querySelectorAll<SVGTextElement>('.figure svg text')]
      .filter((text) => text.checkVisibility())
      .map((text) => {
        const scale = text.getScreenCTM()?.a ?? 0;
        return { words: text.textContent, size: Number.parseFloat(getComputedStyle(text).fontSize) * scale };
      })
      .filter(({ size }) => size < smallest)
      .map(({ words, size }) => `letters of ${size.toFixed(1)} px: ${words}`);
    const tables = [...document.querySelectorAll('.table')]
      // Both are rounded.
      .filter((table) => table.scrollWidth > table.clientWidth + 1)
      .map((table) => `a table that scrolls: ${table.textContent.trim().slice(0, 40)}`);
    return [...letters, ...tables];
  }, SMALLEST_LETTERS);
}

test('the site has its pages', () => {
  for (const page of ['/', '/glossary/', '/changes/', '/lessons/docker/', '/lessons/docker/finished/']) {
    assert.ok(PAGES.includes(page), `expected the page ${page}, found ${PAGES.join(', ')}`);
  }
});

suite('every page', { concurrency: 2 }, () => {
  for (const [index, url] of PAGES.entries()) {
    const setting = SETTINGS[index % SETTINGS.length] as Setting;
    test(`${url} (${setting.size}, ${setting.theme})`, async () => {
      const page = await (await contextFor(setting)).newPage();
      await page.goto(drydock.server.address + url);
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(beyond, 0, 'nothing is wider than the window');
      assert.deepEqual(await axe(page), []);
      await page.setViewportSize(SIZES.phone);
      assert.deepEqual(await cramped(page), []);
      await page.close();
    });
  }
});
