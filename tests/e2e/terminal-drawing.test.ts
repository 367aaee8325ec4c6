/** What the emulator is spared must not be missed: frames of a flood, the cursor's animation, redrawing without a selection. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

/** Milliseconds between two frames of a flood, see src/client/terminal-frames.ts. */
const PAUSE = 50;

/** Lays a file into the sandbox's home, past the terminal; gives the status of the answer. */
const SAVE_GO = `(async () => {
  const [, kept] = Object.entries(localStorage).find(([key]) => key.includes('sandbox:'));
  const path = '/api/sandboxes/' + kept.replaceAll('"', '') + '/files/go';
  const headers = { 'content-type': 'application/octet-stream' };
  return (await fetch(path, { method: 'PUT', headers, body: 'go' })).status;
})()`;

/** Notes when the rows of the terminal are drawn, in `frames`. */
const COUNT_FRAMES = `(() => {
  const frames = [];
  Object.assign(globalThis, { frames });
  const rows = document.querySelector('.xterm-rows');
  if (!rows) throw new Error('expected the rows of a terminal, found none');
  let seen = 0;
  // All changes of one frame come together, but those of a frame's second part behind those of its first.
  new MutationObserver(() => {
    if (performance.now() - seen > 10) frames.push(performance.now());
    seen = performance.now();
  }).observe(rows, { subtree: true, childList: true });
})()`;

const drydock = useDrydock();
let context: BrowserContext;

afterEach(() => context.close());

async function learner(): Promise<LessonPage> {
  context = await drydock.browser.newContext({ viewport: SIZES.laptop });
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  await lesson.startLab();
  await lesson.shows(/\$\s*$/);
  return lesson;
}

test('a flood is drawn in few frames, and to its last line', async () => {
  const lesson = await learner();
  await lesson.type('seq 1 400000', () => lesson.page.evaluate(COUNT_FRAMES));
  await lesson.shows(/^400000\n\S*\$$/m);
  const { count, took } = await lesson.page.evaluate(() => {
    const { frames } = globalThis as unknown as { frames: number[] };
    return { count: frames.length, took: (frames.at(-1) ?? 0) - (frames[0] ?? 0) };
  });
  // The line's end and the prompt are drawn at once.
  const most = 5 + took / PAUSE;
  assert.ok(count <= most, `expected at most ${most} frames in ${took} ms, found ${count}`);
});

test('what is selected stays marked while lines scroll, and no more when something else is clicked', async () => {
  const lesson = await learner();
  const mark = lesson.terminal.locator('.xterm-selection > div');
  const row = lesson.terminal.locator('.xterm-rows > div', { hasText: /^selected/ });
  // A screen full, so that each further line scrolls; the lines come from behind, since a key lets go of the selection.
  await lesson.type(
    'seq 1 200; echo selected; (until [ -e ~/go ]; do sleep 0.1; done; seq 1 5; echo scrolled) &',
  );
  await row.waitFor();
  assert.equal(await mark.count(), 0);
  await row.dblclick({ position: { x: 12, y: 8 }, force: true });
  await mark.first().waitFor({ state: 'attached' });
  const before = await row.boundingBox();
  const saved = await lesson.page.evaluate(SAVE_GO);
  assert.equal(saved, 204);
  await lesson.shows(/^scrolled$/m);
  const after = await row.boundingBox();
  assert.ok(before && after && after.y < before.y, 'expected the row to have scrolled');
  await lesson.page.waitForFunction(
    (top) => document.querySelector('.xterm-selection > div')?.getBoundingClientRect().top === top,
    after.y,
  );
  await lesson.terminal.locator('.xterm-screen').click({ position: { x: 300, y: 20 }, force: true });
  await mark.first().waitFor({ state: 'detached' });
});

test('the cursor blinks without an animation, and the field of the keys follows it', async () => {
  const lesson = await learner();
  const { page } = lesson;
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  const colours = (shown: boolean) =>
    page.waitForFunction((wanted) => {
      const cursor = document.querySelector('.xterm-cursor-blink');
      const isShown = cursor?.closest('.terminal-mount:not([data-blink])') !== null;
      return cursor && isShown === wanted && getComputedStyle(cursor).backgroundColor;
    }, shown);
  const [hidden, seen] = await Promise.all([colours(false), colours(true)]);
  assert.equal(await hidden.jsonValue(), 'rgba(0, 0, 0, 0)');
  assert.notEqual(await seen.jsonValue(), 'rgba(0, 0, 0, 0)');
  const running = () => document.getAnimations().filter((one) => one.playState !== 'finished').length;
  assert.equal(await page.evaluate(running), 0);
  await page.keyboard.type('abcdefgh');
  await page.waitForFunction(() => {
    const [field, shown] = ['.xterm-helper-textarea', '.xterm-cursor'].map((one) =>
      document.querySelector(one)?.getBoundingClientRect(),
    );
    return field && shown && shown.left > 100 && Math.abs(field.left - shown.left) < 2;
  });
});
