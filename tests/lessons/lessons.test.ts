/** Proves every lesson in a sandbox of its lab: checks fail untouched and pass after the solutions, and the text is true. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { exercisesOf, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { allLessons, LessonLab, type Bench } from './lesson-lab.ts';
import { shownIn, shows } from './shown.ts';

let lab: LessonLab;
before(async () => {
  lab = await LessonLab.open();
});
after(() => lab.close());

/** Sandboxes at a time: most of their time goes into making environments. */
const AT_ONCE = 2;

async function sit(t: TestContext, lesson: CatalogLesson): Promise<Bench> {
  const bench = await lab.bench(lesson);
  t.after(() => bench.dispose());
  return bench;
}

describe('lessons', { concurrency: AT_ONCE }, () => {
  for (const lesson of allLessons()) {
    describe(lesson.id, () => {
      test('its checks fail on the untouched scene and pass after the solutions', async (t) => {
        const bench = await sit(t, lesson);
        for (const task of exercisesOf(lesson)) {
          const report = await bench.check(task);
          assert.equal(report.status, 'failed', `${task.id}, untouched: ${report.message}`);
          assert.notEqual(
            report.message,
            'Not yet.',
            `${task.id}, untouched: expected a message, found none`,
          );
        }
        for (const task of exercisesOf(lesson)) {
          await bench.solve(task);
          const report = await bench.check(task);
          assert.equal(report.status, 'passed', `${task.id}, solved: ${report.message}`);
          assert.equal(report.changed, false, `${task.id}: expected a check that changes nothing`);
        }
        for (const task of exercisesOf(lesson)) {
          const report = await bench.check(task);
          assert.equal(report.status, 'passed', `${task.id}, at the end of the lesson: ${report.message}`);
        }
      });

      test('the output in its text is what the lab prints', async (t) => {
        const bench = await sit(t, lesson);
        const file = path.join(lesson.folder, 'index.mdx');
        for (const shown of shownIn(await readFile(file, 'utf8'))) {
          if (shown.kind === 'task') {
            const task = exercisesOf(lesson).find(({ id }) => id === shown.id);
            assert.ok(task, `${shown.id}: expected a task of the frontmatter`);
            await bench.solve(task);
            continue;
          }
          const output = await bench.typist.type(shown.command);
          if (!shows(shown.output, output))
            assert.equal(output, shown.output, `line ${shown.line}: ${shown.command}`);
        }
      });
    });
  }
});
