/** The terminal on a phone: a line to write in, the keys that its keyboard lacks, and a prompt that stays in sight. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const drydock = useDrydock();
let context: BrowserContext;
let lesson: LessonPage;

beforeEach(async () => {
  context = await drydock.browser.newContext({
    viewport: SIZES.phone,
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  await lesson.page.locator('[data-sheet-toggle]').tap();
  await lesson.state('ready');
  await lesson.shows(/\$\s*$/);
});
afterEach(() => context.close());

const { field, key, send } = {
  field: () => lesson.page.getByRole('textbox', { name: 'Command to send' }),
  key: (name: string) => lesson.page.getByRole('button', { name, exact: true }),
  send: async (text: string) => {
    await field().fill(text);
    await key('Send').tap();
  },
};

test('a command is written in the line and sent whole; what the keyboard corrects is never sent twice', async () => {
  await field().tap();
  const cdp = await context.newCDPSession(lesson.page);
  // As Android's keyboards do: a word is composed and replaced until it is right.
  for (const text of ['e', 'ec', 'ech', 'echp']) {
    await cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  await cdp.send('Input.insertText', { text: 'echo' });
  await lesson.page.keyboard.type(' once-$((40+2))');
  await lesson.page.keyboard.press('Enter');
  await lesson.shows(/\$ echo once-\$\(\(40\+2\)\)\nonce-42$/m);
  assert.equal(await field().inputValue(), '');
});

test('Tab completes what is written so far, arrows walk in the history, Ctrl takes the next letter along', async () => {
  await send('touch long-name; echo made');
  await lesson.shows(/^made\n.*\$\s*$/m);
  await lesson.page.waitForTimeout(150);
  await field().fill('ls lon');
  await key('Tab: complete').tap();
  await lesson.shows(/ls long-name/);
  await key('Send').tap();
  await lesson.shows(/^long-name\n.*\$\s*$/m);
  await lesson.page.waitForTimeout(150);
  await key('Up').tap();
  await key('Up').tap();
  await lesson.shows(/\$ touch long-name; echo made\s*$/);
  await key('Ctrl with the next letter').tap();
  await field().tap();
  await lesson.page.keyboard.type('c');
  await lesson.shows(/\^\n?C\n.*\$\s*$/);
  assert.equal(await field().inputValue(), '');
  assert.equal(
    await key('Ctrl with the next letter').getAttribute('aria-pressed'),
    'false',
    'for one letter only',
  );
});

test('arrows and Escape work in full-screen programs', async () => {
  await send('printf "one\\ntwo\\nthree\\n" > t; vi t');
  await lesson.shows(/^three/m);
  await key('Down').tap();
  await send(':s/two/TWO/');
  await lesson.shows(/^TWO/m);
  await field().fill('Ozero');
  await key('Esc').tap();
  assert.equal(await field().inputValue(), 'Ozero', 'a key sends nothing but itself');
  await send(':q!');
  await lesson.shows(/\$\s*$/);
});

test('keys keep the focus, and so the keyboard; a tap on the screen leads to the line', async () => {
  await lesson.terminal.locator('.xterm-screen').tap();
  const focused = () => lesson.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  assert.equal(await focused(), 'Command to send');
  await key('Up').tap();
  assert.equal(await focused(), 'Command to send');
});

/** Whether prompt, line and keys lie between the two heights. */
async function inSight(bottom: number): Promise<void> {
  await lesson.page.waitForTimeout(400);
  for (const [what, element] of [
    ['the prompt', lesson.terminal.locator('.xterm-cursor')],
    ['the line', field()],
    ['the keys', key('Esc')],
  ] as const) {
    const box = await element.boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= bottom + 1, `${what}: ${JSON.stringify(box)}`);
  }
}

test('a keyboard that makes the page smaller, as on Android, leaves the prompt in sight', async () => {
  await send('seq 1 40');
  await lesson.shows(/^40$/m);
  await lesson.page.setViewportSize({ width: 390, height: 480 });
  await field().focus();
  await inSight(480);
});

test('a keyboard that lies over the page, as on an iPhone, leaves the prompt in sight', async () => {
  await send('seq 1 40');
  await lesson.shows(/^40$/m);
  await lesson.page.evaluate(() => {
    const viewport = window.visualViewport as VisualViewport;
    Object.defineProperty(viewport, 'height', { value: 500, configurable: true });
    viewport.dispatchEvent(new Event('resize'));
  });
  await inSight(500);
  await lesson.page.evaluate(() => {
    const viewport = window.visualViewport as VisualViewport;
    Reflect.deleteProperty(viewport, 'height');
    viewport.dispatchEvent(new Event('resize'));
  });
  await inSight(844);
});
