/** Several terminals in one lab: added, shown by tab and by key, kept over a reload, closed, ended, in two tabs. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { BrowserContext, Locator } from 'playwright-core';
import { axe } from './support/axe.ts';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';
import { startServer } from './support/server.ts';

const drydock = useDrydock();
let context: BrowserContext;

afterEach(() => context.close());

async function started(size: keyof typeof SIZES = 'laptop'): Promise<LessonPage> {
  const phone = size === 'phone';
  // axe is put into the page by this test, which the page's own policy rightly refuses.
  const options = { viewport: SIZES[size], bypassCSP: true, hasTouch: phone, isMobile: phone };
  context = await drydock.browser.newContext(options);
  const lesson = await open();
  // On a phone that starts the lab as well.
  if (phone) await lesson.page.locator('[data-sheet-toggle]').tap();
  else await lesson.startLab();
  await lesson.state('ready');
  await lesson.shows(/\$\s*$/);
  return lesson;
}

async function open(): Promise<LessonPage> {
  const lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  return lesson;
}

const tab = ({ terminal }: LessonPage, name: string): Locator => terminal.getByRole('tab', { name });

/** Adds a terminal and waits for its prompt. */
async function add(lesson: LessonPage, name = 'shell-2'): Promise<void> {
  await lesson.terminal.getByRole('button', { name: 'New terminal' }).click();
  await selected(lesson, name);
  await lesson.shows(/\$\s*$/);
}

async function selected({ terminal }: LessonPage, name: string): Promise<void> {
  await terminal.getByRole('tab', { name, selected: true }).waitFor();
}

test('a terminal is added, each has a shell of its own, and keys and arrows lead from one to the other', async () => {
  const lesson = await started();
  const { page, terminal } = lesson;
  assert.equal(await terminal.getByRole('tablist').count(), 0, 'one alone needs no tab');
  await lesson.run('here=first; echo in-$here');
  await add(lesson);
  // It has the focus: typing needs no click.
  await page.keyboard.type('here=second; echo in-$here\n');
  await lesson.shows(/^in-second$/m);
  assert.doesNotMatch(await lesson.screen(), /in-first/);
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('Control+Shift+Digit1');
  await selected(lesson, 'main');
  await page.keyboard.type('echo still-$here\n');
  await lesson.shows(/^in-first\n[\s\S]*^still-first$/m);
  await page.keyboard.press('Control+Shift+Digit2');
  await page.keyboard.type('echo still-$here\n');
  await lesson.shows(/^still-second$/m);

  await tab(lesson, 'shell-2').focus();
  await page.keyboard.press('ArrowLeft');
  await selected(lesson, 'main');
  await lesson.shows(/^still-first$/m);
  assert.equal(await tab(lesson, 'main').evaluate((one) => one === document.activeElement), true);
  await page.keyboard.press('End');
  await selected(lesson, 'shell-2');
});

test('a name is given in the menu; one that the server would refuse is not sent', async () => {
  const lesson = await started();
  await lesson.page.getByRole('button', { name: 'Terminal menu' }).click();
  const field = lesson.page.getByRole('textbox', { name: 'Name of a new terminal' });
  await field.fill('Not a name');
  await field.press('Enter');
  assert.equal(await field.isVisible(), true);
  assert.deepEqual(await axe(lesson.page), []);
  await field.fill('my-logs');
  await field.press('Enter');
  await selected(lesson, 'my-logs');
  await lesson.page.keyboard.press('Control+Shift+T');
  await selected(lesson, 'shell-2');
});

test('a reload keeps the terminals with their screens and the one that was shown', async () => {
  const lesson = await started();
  await lesson.run('echo first-$((40+2))');
  await add(lesson);
  await lesson.run('echo second-$((40+2))');
  await lesson.page.reload();
  await lesson.state('ready');
  await selected(lesson, 'shell-2');
  await lesson.shows(/^second-42$/m);
  await tab(lesson, 'main').click();
  await lesson.shows(/^first-42$/m);
  await lesson.type('echo goes-on-$((1+1))');
  await lesson.shows(/^goes-on-2$/m);
});

test('the page types into the terminal that is shown', async () => {
  const lesson = await started();
  await add(lesson);
  const typed = lesson.page.waitForRequest('**/terminals/shell-2/type');
  const task = lesson.task('create-env');
  await task.getByRole('button', { name: 'Show solution' }).click();
  await task.getByRole('button', { name: 'Type it for me' }).click();
  assert.equal((await (await typed).response())?.status(), 202);
});

test('a terminal is closed by its cross, by Delete and by the menu; the main one stays', async () => {
  const lesson = await started();
  const { page, terminal } = lesson;
  await add(lesson);
  await add(lesson, 'shell-3');
  await add(lesson, 'shell-4');
  await tab(lesson, 'shell-3').locator('.terminal-tab-close').click();
  await tab(lesson, 'shell-3').waitFor({ state: 'detached' });
  await selected(lesson, 'shell-4');
  await tab(lesson, 'shell-4').focus();
  await page.keyboard.press('Delete');
  await selected(lesson, 'shell-2');
  await page.getByRole('button', { name: 'Terminal menu' }).click();
  await page.getByRole('button', { name: 'Close this terminal' }).click();
  await terminal.getByRole('tablist').waitFor({ state: 'detached' });
  await page.keyboard.type('echo main-$((1+1))\n');
  await lesson.shows(/^main-2$/m);
  await page.getByRole('button', { name: 'Terminal menu' }).click();
  assert.equal(await page.getByRole('button', { name: 'Close this terminal' }).count(), 0);
});

test('a shell that ends says so below its screen, and offers a new one or to close', async () => {
  const lesson = await started();
  const { page, terminal } = lesson;
  await add(lesson);
  await lesson.run('echo kept-$((1+1))');
  await page.keyboard.type('exit\n');
  await terminal.getByText('This shell has ended.').waitFor();
  assert.match(await lesson.screen(), /^kept-2$/m);
  assert.equal(await terminal.getAttribute('data-state'), 'ready', 'the lab goes on');
  assert.deepEqual(await axe(page), []);
  await tab(lesson, 'main').click();
  assert.equal(await terminal.getByText('This shell has ended.').isVisible(), false);
  await page.keyboard.press('Control+Shift+Digit2');
  await terminal.getByRole('button', { name: 'New shell' }).click();
  await lesson.shows(/^(?![\s\S]*kept)[\s\S]*\$\s*$/);
  await page.keyboard.type('echo fresh-$((1+1))\nexit\n');
  await terminal.getByRole('button', { name: 'Close', exact: true }).click();
  await terminal.getByRole('tablist').waitFor({ state: 'detached' });
  await lesson.type('echo main-$((1+1))');
  await lesson.shows(/^main-2$/m);
});

test('two tabs of the browser show the same terminals, whichever adds or closes one', async () => {
  const one = await started();
  const other = await open();
  await other.state('ready');
  await add(one);
  await one.run('echo from-one-$((1+1))');
  await tab(other, 'main').waitFor();
  await selected(other, 'main');
  await tab(other, 'shell-2').click();
  await other.shows(/^from-one-2$/m);
  await tab(one, 'shell-2').locator('.terminal-tab-close').click();
  await other.terminal.getByRole('tablist').waitFor({ state: 'detached' });
  await other.page.getByText('The terminal “shell-2” was closed.').first().waitFor();
  await other.run('echo main-$((1+1))');
});

test('a seventh terminal is refused in words; a reset leaves the main one', async () => {
  const lesson = await started('phone');
  for (const number of [2, 3, 4, 5, 6]) await add(lesson, `shell-${number}`);
  await lesson.terminal.getByRole('button', { name: 'New terminal' }).click();
  await lesson.page.getByText('A lab has at most 6 terminals.').first().waitFor();
  const wide = await lesson.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, 'the tabs do not widen the page');
  await lesson.page.getByRole('button', { name: 'Reset lab' }).click();
  await lesson.page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
  await lesson.terminal.getByRole('tablist').waitFor({ state: 'detached' });
  await lesson.state('ready');
  await lesson.shows(/\$\s*$/);
});

test('a server that starts anew knows the main terminal only, and the page goes on with that', async () => {
  const lesson = await started();
  await lesson.run('echo main-$((40+2))');
  await add(lesson);
  const port = Number(new URL(drydock.server.address).port);
  await drydock.server.kill();
  await lesson.state('reconnecting');
  drydock.server = await startServer(drydock.installation, port);
  await lesson.state('ready');
  await lesson.shows(/^main-42$/m);
  await lesson.type('echo goes-on-$((1+1))');
  await lesson.shows(/^goes-on-2$/m);
});
