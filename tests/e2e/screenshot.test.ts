/** Makes the picture of the README: a lesson in the middle of its work. `npm run screenshot` puts it into `docs/`. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', 'test-results');

const drydock = useDrydock();

before(() => mkdirSync(FOLDER, { recursive: true }));

test('a lesson with a passed task makes a picture', async () => {
  const page = await drydock.browser.newPage({
    viewport: SIZES.desktop,
    colorScheme: 'light',
    // A picture of the end of every movement, not of its middle.
    reducedMotion: 'reduce',
  });
  const lesson = new LessonPage(page);
  await lesson.open(`${drydock.server.address}/lessons/virtualenv/isolates/`);
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
