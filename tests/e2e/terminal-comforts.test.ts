/** What makes a terminal good to work in: copy, paste, find, links, size, text as a file, marks, title, bell, keys. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const drydock = useDrydock();
let context: BrowserContext;
let lesson: LessonPage;

/** One lab for all: each test begins with a clean screen. */
beforeEach(async () => {
  if (lesson) return;
  context = await drydock.browser.newContext({
    viewport: SIZES.laptop,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  lesson = new LessonPage(await context.newPage());
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/create/`);
  await lesson.startLab();
});
afterEach(async () => {
  await press('Control+c');
  await lesson.shows(/\$\s*$/);
  // Of what comes right behind a Ctrl+C at its prompt, bash 5.2 loses a character; in any terminal.
  await lesson.page.waitForTimeout(300);
  await press('Control+l');
  await lesson.shows(/^\S*\$\s*$/);
});

/** Near the beginning of a row; forced, since the emulator takes the pointer in a layer above. */
const AT = { position: { x: 12, y: 8 }, force: true };

const { clipboard, menu, press, row } = {
  clipboard: () => lesson.page.evaluate(() => navigator.clipboard.readText()),
  menu: async (item: string | RegExp) => {
    await lesson.page.getByRole('button', { name: 'Terminal menu' }).click();
    await lesson.page
      .getByRole('group', { name: 'Terminal menu' })
      .getByRole('button', { name: item })
      .click();
  },
  press: async (keys: string) => {
    await lesson.terminal.locator('.xterm-helper-textarea').focus();
    await lesson.page.keyboard.press(keys);
  },
  row: (text: string) => lesson.terminal.locator('.xterm-rows > div', { hasText: text }).last(),
};

test('Ctrl+C copies what is selected and lets go of it; without a selection it interrupts', async () => {
  await lesson.run('echo to-copy');
  await row('to-copy').dblclick(AT);
  await press('Control+c');
  await lesson.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'to-copy');
  await lesson.type('sleep 60');
  await press('Control+c');
  await lesson.shows(/\^C/);
});

test('Ctrl+Shift+C copies, and Ctrl+V pastes what was copied', async () => {
  await lesson.page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((40+2))'));
  await press('Control+v');
  await lesson.page.keyboard.press('Enter');
  await lesson.shows(/^pasted-42$/m);
  await row('pasted-42').dblclick(AT);
  await press('Control+Shift+C');
  await lesson.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'pasted-42');
});

test('several lines are asked about where each would run at once, and not in a shell that takes them as one', async () => {
  await lesson.page.evaluate(() => navigator.clipboard.writeText('first\nsecond\n'));
  await lesson.type('echo takes-each; cat');
  await lesson.shows(/^takes-each$/m);
  await press('Control+v');
  const dialog = lesson.page.getByRole('dialog');
  await dialog.getByText('Paste 2 lines?').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.doesNotMatch(await lesson.screen(), /second/);
  await press('Control+v');
  await dialog.getByRole('button', { name: 'Paste' }).click();
  await lesson.shows(/first\n[\s\S]*second\n/);
  await press('Control+c');
  await lesson.shows(/\$\s*$/);
  await press('Control+v');
  await lesson.shows(/\$ first\nsecond/);
  assert.equal(await dialog.count(), 0);
});

test('what is selected is copied at once where the learner wants it so', async () => {
  await lesson.page.evaluate(() => navigator.clipboard.writeText('before'));
  await lesson.run('echo on-select');
  await row('on-select').dblclick(AT);
  assert.equal(await clipboard(), 'before');
  await menu('Copy what is selected');
  await lesson.page.keyboard.press('Escape');
  await row('on-select').dblclick(AT);
  await lesson.page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'on-select');
  await menu('Copy what is selected');
  await lesson.page.keyboard.press('Escape');
});

test('find counts the matches in the scrollback and walks through them; Escape goes back to the shell', async () => {
  await lesson.type('for i in $(seq 120); do echo "needle $i"; done');
  await lesson.shows(/needle 120\n/);
  await press('Control+Shift+F');
  const find = lesson.page.getByRole('search');
  await find.getByRole('textbox', { name: 'Find' }).fill('needle 1');
  // 1, 10 to 19, and 100 to 120.
  await find.getByText('32 of 32').waitFor();
  // The screen has become smaller by the bar, and what is found in it is found anew.
  await lesson.page.waitForTimeout(500);
  await lesson.page.keyboard.press('Enter');
  await find.getByText('31 of 32').waitFor();
  await find.getByRole('button', { name: /^Next/ }).click();
  await find.getByText('32 of 32').waitFor();
  await find.getByRole('textbox').fill('no such words');
  await find.getByText('Not found').waitFor();
  await lesson.page.keyboard.press('Escape');
  assert.equal(await find.count(), 0);
  await lesson.page.keyboard.type('echo back-$((1+1))\n');
  await lesson.shows(/^back-2$/m);
});

test('a web address opens in a new tab with Ctrl and a click, and only then; the sandbox’s own is explained', async () => {
  const address = `${drydock.server.address}/healthz`.replace('127.0.0.1', 'site.localhost');
  await lesson.run(`echo ${address}; echo http://localhost:9/x; echo javascript:alert`);
  const opened: string[] = [];
  context.on('page', (page) => void opened.push(page.url()));
  await row(address).click(AT);
  const arriving = context.waitForEvent('page');
  await row(address).click({ ...AT, modifiers: ['Control'] });
  const page = await arriving;
  assert.equal(await page.evaluate(() => window.opener), null);
  await page.close();
  await row('localhost:9').click({ ...AT, modifiers: ['Control'] });
  await lesson.page.getByText('localhost is the sandbox itself').first().waitFor();
  assert.equal(opened.length, 1);
});

test('a path goes to the prompt with Ctrl and a click; where a program would take it for keys it is copied', async () => {
  await lesson.run('mkdir -p quay; echo moored > quay/rope.txt; ls quay/*');
  await lesson.page.waitForTimeout(150);
  await lesson.page.keyboard.type('cat ');
  await lesson.shows(/\$ cat$/m);
  await row('quay/rope.txt').click({ ...AT, modifiers: ['Control'] });
  await lesson.shows(/\$ cat quay\/rope\.txt$/m);
  await press('Enter');
  await lesson.shows(/^moored$/m);
  await lesson.page.waitForTimeout(150);
  await lesson.type('echo ./quay/rope.txt; cat');
  await lesson.shows(/^\.\/quay\/rope\.txt$/m);
  await row('quay/rope.txt').click({ ...AT, modifiers: ['Control'] });
  await lesson.page.getByText('Copied ./quay/rope.txt').first().waitFor();
  await press('Control+c');
});

test('the text grows and shrinks by key and menu, and the size is remembered', async () => {
  const size = () =>
    lesson.terminal.locator('.xterm-rows').evaluate((rows) => getComputedStyle(rows).fontSize);
  const usual = await size();
  await press('Control+Shift+>');
  await press('Control+Shift+>');
  assert.notEqual(await size(), usual);
  const larger = await size();
  await lesson.page.reload();
  await lesson.state('ready');
  assert.equal(await size(), larger);
  await lesson.page.getByRole('button', { name: 'Terminal menu' }).click();
  await lesson.page.getByRole('button', { name: 'Smaller text' }).click();
  await lesson.page.getByRole('button', { name: 'Smaller text' }).click();
  await lesson.page.keyboard.press('Escape');
  assert.equal(await size(), usual);
});

test('clear empties screen and scrollback; the text can be saved as a file', async () => {
  await lesson.type('seq 1 200');
  await lesson.shows(/^200$/m);
  const saving = lesson.page.waitForEvent('download');
  await menu('Save as text');
  const file = await (await saving).path();
  const text = readFileSync(file, 'utf8');
  assert.match(text, /\n1\n2\n3\n[\s\S]*\n199\n200\n/);
  await menu('Clear');
  await lesson.shows(/^\S*\$\s*$/);
  await lesson.page.mouse.wheel(0, -3000);
  assert.doesNotMatch(await lesson.screen(), /199/);
  await lesson.page.reload();
  await lesson.state('ready');
  await lesson.shows(/^\S*\$\s*$/);
  await lesson.page.mouse.wheel(0, -3000);
  assert.doesNotMatch(await lesson.screen(), /199/, 'nor after a reload');
});

test('commands get a mark with their exit code and time, from the shell’s marks', async () => {
  // As a shell with the integration prints them.
  await lesson.run(
    String.raw`PS1='\[\e]133;A\a\]\w \$ \[\e]133;B\a\]'; PS0='\e]133;C\a'; PROMPT_COMMAND='printf "\e]133;D;$?\a"'`,
  );
  await lesson.run('true');
  await lesson.run('sh -c "exit 3"');
  const marks = lesson.terminal.locator('.command-mark');
  const good = marks.and(lesson.page.locator('[data-outcome="good"]'));
  const bad = marks.and(lesson.page.locator('[data-outcome="bad"]'));
  await bad.waitFor();
  assert.match((await bad.getAttribute('title')) ?? '', /^Exit code 3 after \d+\.\d s, at /);
  assert.match((await good.first().getAttribute('title')) ?? '', /^Succeeded after /);
  const line = await row('exit 3').boundingBox();
  const mark = await bad.boundingBox();
  assert.ok(line && mark && mark.y >= line.y && mark.y < line.y + line.height, 'beside the command');
  assert.ok(mark.x + mark.width <= line.x, 'in the margin');
  const count = await marks.count();
  await lesson.page.reload();
  await lesson.state('ready');
  await bad.waitFor();
  assert.match((await bad.getAttribute('title')) ?? '', /^Exit code 3 after \d+\.\d s, at /);
  assert.equal(await marks.count(), count, 'also after a reload');
  const [beside, again] = [await row('exit 3').boundingBox(), await bad.boundingBox()];
  assert.ok(
    beside && again && again.y >= beside.y && again.y < beside.y + beside.height,
    'beside the command',
  );
  await lesson.run('exec bash');
});

test('a title that a program sets stands in the bar, and a bell is seen', async () => {
  await lesson.run(String.raw`printf '\e]2;<b>my title</b>\a'`);
  await lesson.page.locator('.terminal-title', { hasText: '<b>my title</b>' }).waitFor();
  const rung = lesson.page.waitForSelector('[data-terminal][data-bell]');
  await lesson.type(String.raw`printf '\a'`);
  await rung;
  await lesson.page.waitForSelector('[data-terminal]:not([data-bell])');
});

test('Ctrl+L, Ctrl+R and Ctrl+W reach the shell', async () => {
  await lesson.run('echo earlier-$((6*7))');
  await press('Control+l');
  await lesson.shows(/^(?!.*earlier-42)[\s\S]*\$\s*$/);
  await press('Control+r');
  await lesson.page.keyboard.type('earlier');
  await lesson.shows(/reverse-i-search/);
  await press('Control+c');
  await lesson.page.keyboard.type('echo one two');
  await press('Control+w');
  await lesson.page.keyboard.type('three\n');
  await lesson.shows(/^one three$/m);
});

test('text that is composed, and characters of other keyboards, arrive once', async () => {
  await lesson.terminal.locator('.xterm-helper-textarea').focus();
  await lesson.page.keyboard.type('echo ');
  const cdp = await context.newCDPSession(lesson.page);
  for (const text of ['に', 'にほ', 'にほん']) {
    await cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  await cdp.send('Input.insertText', { text: '日本' });
  // A dead key: composed, then committed as one character.
  await cdp.send('Input.imeSetComposition', { text: '´', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.insertText', { text: 'é' });
  await lesson.page.waitForTimeout(100);
  await lesson.page.keyboard.type('|tr a-z A-Z');
  await lesson.page.keyboard.press('Enter');
  await lesson.shows(/^日本é$/m);
});

test('the lab gets the whole window or screen, and gives it back', async () => {
  const width = async () => (await lesson.terminal.boundingBox())?.width ?? 0;
  const before = await width();
  await menu('Full screen');
  await lesson.page.waitForFunction((least) => {
    const pane = document.querySelector('[data-terminal]');
    return pane !== null && pane.getBoundingClientRect().width > least;
  }, before + 100);
  await lesson.run('echo wide-$((1+1))');
  await menu('Full screen');
  await lesson.page.waitForFunction(
    (most) => (document.querySelector('[data-terminal]')?.getBoundingClientRect().width ?? most) < most,
    before + 100,
  );
});
