/** Several windows on one terminal: whose size it has, how the others show it, and that a slow one slows nobody. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const drydock = useDrydock();
let context: BrowserContext;

afterEach(() => context.close());

async function open(size: { width: number; height: number }): Promise<LessonPage> {
  const lesson = new LessonPage(await context.newPage());
  await lesson.page.setViewportSize(size);
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  return lesson;
}

/** Columns and rows as the page has them, and whether all of the screen lies within its place. */
function shown({ page }: LessonPage) {
  return page.evaluate(() => {
    const mount = document.querySelector('.terminal-mount') as HTMLElement;
    const screen = mount.querySelector('.xterm-screen') as HTMLElement;
    const [place, drawn] = [mount.getBoundingClientRect(), screen.getBoundingClientRect()];
    return {
      rows: mount.querySelectorAll('.xterm-rows > div').length,
      fits: drawn.right <= place.right + 1 && drawn.bottom <= place.bottom + 1,
      scrolls: mount.scrollWidth > mount.clientWidth || mount.scrollHeight > mount.clientHeight,
      text: getComputedStyle(mount.querySelector('.xterm-rows') as HTMLElement).fontSize,
    };
  });
}

/** What the program is told. */
async function sizeOf(lesson: LessonPage): Promise<string> {
  await lesson.run('stty size');
  return /^(\d+ \d+)$/m.exec(await lesson.screen())?.[1] ?? '';
}

test('the size is that of the window in which was typed last; the other shows all of it, and types as before', async () => {
  context = await drydock.browser.newContext();
  const large = await open(SIZES.desktop);
  await large.startLab();
  const wide = await sizeOf(large);
  const small = await open({ width: 1000, height: 500 });
  await small.state('ready');
  await small.shows(/\$\s*$/);
  const [own, foreign] = [await shown(large), await shown(small)];
  assert.equal(foreign.rows, own.rows, 'who looks on changes nothing');
  assert.ok(foreign.fits || foreign.scrolls, JSON.stringify(foreign));
  assert.notEqual(foreign.text, own.text, 'smaller text where there is less room');
  await small.page.getByText('Reset lab').waitFor();

  await small.page.bringToFront();
  await small.type('clear');
  await small.page.waitForFunction(() => !document.querySelector('.terminal-mount-foreign'));
  const narrow = await sizeOf(small);
  assert.notEqual(narrow, wide);
  assert.equal((await shown(small)).text, own.text);
  const after = await shown(large);
  assert.equal(`${after.rows}`, narrow.split(' ')[0]);
  assert.ok(after.fits && !after.scrolls);
  await large.page.bringToFront();
  await large.type('clear');
  await large.page.waitForFunction(() => !document.querySelector('.terminal-mount-foreign'));
  assert.equal(await sizeOf(large), wide);
});

test('the last window left has the size to itself', async () => {
  context = await drydock.browser.newContext();
  const large = await open(SIZES.desktop);
  await large.startLab();
  const wide = await sizeOf(large);
  const small = await open({ width: 1000, height: 500 });
  await small.state('ready');
  await small.type('clear');
  await large.page.waitForSelector('.terminal-mount-foreign');
  await small.page.close();
  await large.page.waitForSelector('.terminal-mount:not(.terminal-mount-foreign)');
  assert.equal(await sizeOf(large), wide);
});
