/** Makes the picture of the README: a lesson in the middle of its work. `npm run screenshot` puts it into `docs/`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { LessonPage, openBrowser, SIZES } from './support/browser.ts';
import { createInstallation, startServer, type Installation, type RunningServer } from './support/server.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'test-results');

let installation: Installation;
let server: RunningServer;
let browser: Browser;

before(async () => {
  mkdirSync(FOLDER, { recursive: true });
  installation = createInstallation();
  server = await startServer(installation);
  browser = await openBrowser();
});

after(async () => {
  await browser.close();
  await server.stop();
  installation.remove();
});

test('a lesson with a passed task makes a picture', async () => {
  const page = await browser.newPage({
    viewport: SIZES.desktop,
    colorScheme: 'light',
    // A picture of the end of every movement, not of its middle.
    reducedMotion: 'reduce',
  });
  const lesson = new LessonPage(page);
  await lesson.open(`${server.address}/lessons/virtualenv/isolates/`);
  await lesson.startLab();
  for (const line of [
    'python3 -m venv box',
    "python3 -c 'import sys; print(sys.prefix)' > system.txt",
    "box/bin/python -c 'import sys; print(sys.prefix)' > box.txt",
    'tail system.txt box.txt',
    'ls -l box/bin',
  ]) {
    await lesson.run(line);
  }
  await lesson.shows(/python3 -> /);
  await lesson.check('ask-python');
  await lesson.status('ask-python', 'Passed');
  await lesson.task('ask-python').evaluate((task) => task.scrollIntoView({ block: 'center' }));
  await page.screenshot({ path: path.join(FOLDER, 'screenshot.png') });
});
