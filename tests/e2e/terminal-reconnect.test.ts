/** What a learner sees and keeps when the network goes, when time runs out, and after the end. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';
import { startServer } from './support/server.ts';

const drydock = useDrydock();
let context: BrowserContext;

afterEach(() => context.close());

async function learner(size: keyof typeof SIZES = 'laptop'): Promise<LessonPage> {
  context = await drydock.browser.newContext({ viewport: SIZES[size] });
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  return lesson;
}

async function started(size: keyof typeof SIZES = 'laptop'): Promise<LessonPage> {
  const lesson = await learner(size);
  await lesson.startLab();
  await lesson.shows(/\$\s*$/);
  return lesson;
}

test('what is typed while offline is refused in sight, and not sent later, not even in part', async () => {
  const lesson = await started();
  await lesson.page.keyboard.type('echo kept-');
  await lesson.shows(/kept-$/m);
  await context.setOffline(true);
  await lesson.state('reconnecting');
  await lesson.page.keyboard.type('LOST');
  await lesson.terminal.getByText('What you type meanwhile is not sent.').waitFor();
  await context.setOffline(false);
  await lesson.state('ready');
  await lesson.page.keyboard.type('$((40+2))\n');
  await lesson.shows(/^kept-42$/m);
  assert.doesNotMatch(await lesson.screen(), /LOST/);
});

test('the attempts are counted while the server is away, and the page goes on soon after it is back', async () => {
  const lesson = await started();
  await lesson.run('echo before-$((1+1))');
  const port = Number(new URL(drydock.server.address).port);
  await drydock.server.kill();
  await lesson.page.getByText(/^Reconnecting \(\d+\)…$/).waitFor();
  drydock.server = await startServer(drydock.installation, port);
  await lesson.state('ready');
  await lesson.shows(/^before-2$/m);
});

test('the network is back: the lab is, without waiting for the next attempt', async () => {
  const lesson = await started();
  await context.setOffline(true);
  await lesson.state('reconnecting');
  // Long enough for the waits between attempts to have become long.
  await lesson.page.waitForTimeout(6000);
  const took = lesson.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('online', () => {
          const began = performance.now();
          const region = document.querySelector('[data-terminal]');
          new MutationObserver((_changes, observer) => {
            if (region?.getAttribute('data-state') !== 'ready') return;
            observer.disconnect();
            resolve(performance.now() - began);
          }).observe(region as Element, { attributes: true });
        });
      }),
  );
  await context.setOffline(false);
  const ms = await took;
  process.stderr.write(`back after ${Math.round(ms)} ms\n`);
  // Far below the longest wait of eight seconds, far above what it takes on a busy machine.
  assert.ok(ms < 4000, `back after ${ms} ms`);
});

for (const size of ['laptop', 'phone'] as const) {
  test(`the notice covers no line of the screen, and the size stays as it was: ${size}`, async () => {
    const lesson = await learner(size);
    if (size === 'phone') await lesson.page.locator('[data-sheet-toggle]').click();
    else await lesson.page.getByRole('button', { name: 'Start lab' }).click();
    await lesson.state('ready');
    await lesson.type('stty size; seq 1 60');
    await lesson.shows(/^60$/m);
    const rows = await lesson.terminal.locator('.xterm-rows > div').count();
    await context.setOffline(true);
    await lesson.state('reconnecting');
    const covered = await lesson.page.evaluate(() => {
      const notice = document.querySelector('[data-terminal-notice]')?.getBoundingClientRect();
      const screen = document.querySelector('[data-terminal-screen]');
      const place = screen?.getBoundingClientRect();
      const cursor = document.querySelector('.xterm-cursor')?.getBoundingClientRect();
      const out = [];
      if (!notice || !place || !cursor) return ['something is missing'];
      if (notice.height === 0) out.push('no notice');
      if (notice.bottom > place.top + 1) out.push('the notice lies over the screen');
      if (cursor.bottom > place.bottom + 1) out.push('the cursor is out of sight');
      // Every line can be scrolled to.
      if (screen) screen.scrollTop = 0;
      const first = document.querySelector('.xterm-rows > div')?.getBoundingClientRect();
      if (!first || first.top < place.top - 1) out.push('the first line is out of reach');
      return out;
    });
    assert.deepEqual(covered, []);
    assert.equal(await lesson.terminal.locator('.xterm-rows > div').count(), rows);
    await context.setOffline(false);
    await lesson.state('ready');
    await lesson.page.waitForTimeout(200);
    assert.equal(await lesson.terminal.locator('.xterm-rows > div').count(), rows);
  });
}

test('the end is told ten minutes ahead in passing, two minutes ahead for good, each with more time on offer', async () => {
  context = await drydock.browser.newContext({ viewport: SIZES.laptop });
  const page = await context.newPage();
  await page.clock.install();
  const lesson = new LessonPage(page);
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  await lesson.startLab();
  const left = await page.locator('[data-lab-expiry]').innerText();
  const [, hours = '0', minutes = '0'] = /(?:(\d+) h)? ?(?:(\d+) min)? left/.exec(left) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  await page.clock.fastForward((total - 9) * 60_000);
  await page.locator('[data-lab-status]', { hasText: 'The lab ends in 9 minutes' }).waitFor();
  await page.locator('.lab-bar').getByRole('button', { name: 'Stay longer' }).waitFor();
  assert.equal(await page.locator('[data-terminal-notice]').isVisible(), false);
  await page.clock.fastForward(7 * 60_000 + 5000);
  const notice = page.locator('[data-terminal-notice]');
  await notice.getByText('The lab ends in 2 minutes').waitFor();
  await page
    .locator('[data-lab-announcement]', { hasText: 'The lab ends in 2 minutes' })
    .waitFor({ state: 'attached' });
  // The server's clock runs on as it did: what it answers puts the page's clock right as well.
  await notice.getByRole('button', { name: 'Stay longer' }).click();
  await notice.waitFor({ state: 'hidden' });
  await lesson.run('echo stayed-$((1+1))');
});

test('after the end the last screen can be read in full, and a new lab starts from there', async () => {
  const lesson = await started();
  await lesson.type('seq 1 60');
  await lesson.shows(/^60$/m);
  await lesson.page.getByRole('button', { name: 'End lab' }).click();
  await lesson.page.getByRole('dialog').getByRole('button', { name: /end/i }).click();
  await lesson.state('ended');
  await lesson.shows(/^59\n60$/m);
  const screen = lesson.page.locator('[data-terminal-screen]');
  assert.equal(await screen.evaluate((element) => getComputedStyle(element).opacity), '1');
  const last = await lesson.terminal.locator('.xterm-rows > div', { hasText: /^60/ }).boundingBox();
  const place = await screen.boundingBox();
  assert.ok(last && place && last.y + last.height <= place.y + place.height + 1, 'the last line is in sight');
  await lesson.page.getByRole('button', { name: 'Start again' }).click();
  await lesson.state('ready');
  await lesson.shows(/^\S*\$\s*$/);
});

test('a shell that exits says so and gives a new one', async () => {
  const lesson = await started();
  await lesson.type('exit');
  await lesson.shows(/exit[\s\S]*\$\s*$/);
  await lesson.type('echo alive-$((1+1))');
  await lesson.shows(/^alive-2$/m);
  await lesson.state('ready');
});
