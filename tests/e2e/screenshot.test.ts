/** Makes the picture of the README and the one that previews of links show. `npm run screenshot` puts them in their places. */
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
  // A button of the code below the pointer would cover a part of it.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(FOLDER, 'screenshot.png') });
});

/** The home page without anything but its first words and the dock. */
const CARD = `
  .site-header, .site-footer, .facts, .courses, .hero-actions, .skip { display: none !important; }
  body { justify-content: center; border-bottom: 14px solid var(--color-accent); }
  main { flex: none !important; }
  .home { width: 1060px; }
  .hero { padding: 0; grid-template-columns: 1.1fr 1fr; gap: 56px; }
  .hero h1 { font-size: 62px; }
  .hero .lead { font-size: 25px; }
  .hero-words::before { content: 'Drydock'; display: block; margin-bottom: 18px; color: var(--color-accent); font-size: 30px; font-weight: 660; }
`;

test('the home page makes the picture of a link', async () => {
  const page = await drydock.browser.newPage({
    viewport: { width: 1200, height: 630 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(drydock.server.address);
  await page.addStyleTag({ content: CARD });
  await page.screenshot({ path: path.join(FOLDER, 'card.png') });
});
