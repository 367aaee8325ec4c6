/** `npm run dev` as an author uses it: an edit appears at once, and the terminal goes on living. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { copyTree, type Tree } from '../support/tree.ts';
import { openBrowser } from '../support/chromium.ts';
import { LessonPage, SIZES } from './support/browser.ts';
import { freePorts } from './support/ports.ts';
import { createInstallation, startCommand, type Installation, type RunningServer } from './support/server.ts';

let tree: Tree;
let installation: Installation;
let server: RunningServer;
let browser: Browser;

before(async () => {
  tree = copyTree();
  installation = createInstallation();
  server = await startCommand({ command: 'dev', root: tree.root, port: await freePorts() }, installation);
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  installation.remove();
  tree.remove();
});

test('an edited lesson shows at once, and the shell beside it is the same', async () => {
  const lesson = new LessonPage(await browser.newPage({ viewport: SIZES.laptop }));
  await lesson.open(`${server.address}/lessons/virtualenv/create/`);
  await lesson.startLab();
  await lesson.type('kept=6; echo first-$((1+1))');
  await lesson.shows(/^first-2$/m);

  const file = path.join(tree.root, 'lessons', 'virtualenv', '02-create', 'index.mdx');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n\nA sentence that was not there before.\n`);
  await lesson.page.getByText('A sentence that was not there before.').waitFor();

  await lesson.state('ready');
  await lesson.shows(/^first-2$/m);
  await lesson.type('echo kept-$((kept*7))');
  await lesson.shows(/^kept-42$/m);
});

test('an edited check is the one that runs', async () => {
  const lesson = new LessonPage(await browser.newPage({ viewport: SIZES.laptop }));
  await lesson.open(`${server.address}/lessons/virtualenv/create/`);
  await lesson.startLab();
  const check = path.join(tree.root, 'lessons', 'virtualenv', '02-create', 'tasks', 'create-env', 'check.sh');
  writeFileSync(check, 'echo "An edited check says this."\nexit 1\n');
  await lesson.check('create-env');
  await lesson.task('create-env').getByText('An edited check says this.').waitFor();
});
