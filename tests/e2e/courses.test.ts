/** One lesson of each course from its first to its last task, as a learner does it, and what the site tells of it then. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { loadCatalog, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { LessonPage, SIZES } from './support/browser.ts';
import { useDrydock } from './support/fixture.ts';
import { answerQuiz, typeSolution } from './support/solve.ts';

/** Of each course a lesson in which nothing is waited for that takes long. */
const LESSONS = [
  'start/how-this-works',
  'virtualenv/isolates',
  'containers/by-hand',
  'docker/install',
  'docker-python/docker-py',
  'vm/virtualbox',
  'together/choose',
  'apis/django',
];

const root = path.join(import.meta.dirname, '../..');
const catalog = loadCatalog({ lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') });
const drydock = useDrydock();

test('there is a lesson of each course', () => {
  const courses = new Set(LESSONS.map((id) => id.split('/')[0]));
  assert.deepEqual(courses, new Set(catalog.courses.map(({ id }) => id)));
});

for (const id of LESSONS) {
  test(`${id} can be done from its first to its last task`, async (t) => {
    const lesson = catalog.lesson(id);
    assert.ok(lesson, `expected a lesson of the repository, found ${id}`);
    const context = await drydock.browser.newContext({ viewport: SIZES.desktop });
    t.after(async () => {
      await endLab(context, id);
      await context.close();
    });
    const page = new LessonPage(await context.newPage());
    await page.open(`${drydock.server.address}/lessons/${id}/`);
    await page.startLab();
    for (const task of lesson.tasks) {
      if (task.kind === 'quiz') await answerQuiz(page, task);
      else await typeSolution(page, task);
      await page.status(task.id, 'Passed');
    }
    await leadsOn(page, lesson);
    await isToldOnCoursePage(page, lesson);
  });
}

/** The end of the lesson says that it is done, and leads to the next one, or to the end of the course. */
async function leadsOn({ page }: LessonPage, lesson: CatalogLesson): Promise<void> {
  await page.locator('[data-lesson-end][data-state="done"]').waitFor();
  const { lessons = [] } = catalog.courses.find((course) => course.id === lesson.course) ?? {};
  const next = lessons[lessons.indexOf(lesson) + 1];
  await page
    .locator('[data-lesson-end]')
    .getByRole('link', { name: next?.title ?? 'Finish the course' })
    .click();
  const open = lessons.length > 1 ? 'Almost there' : 'Course finished';
  await page.getByRole('heading', { level: 1, name: next?.title ?? open }).waitFor();
}

async function isToldOnCoursePage({ page }: LessonPage, lesson: CatalogLesson): Promise<void> {
  const course = catalog.courses.find(({ id }) => id === lesson.course);
  const all = course?.lessons.reduce((sum, { tasks }) => sum + tasks.length, 0);
  await page.goto(`${drydock.server.address}/lessons/${lesson.course}/`);
  await page.locator(`[data-lesson-progress="${lesson.id}"][data-complete="true"]`).waitFor();
  const told = page.locator(`[data-course-progress="${lesson.course}"]`).first();
  await told.getByText(`${lesson.tasks.length} of ${all}`, { exact: true }).waitFor();
}

/** Labs are large: the next learner's should not have to stand beside this one. */
async function endLab({ request }: BrowserContext, lesson: string): Promise<void> {
  const { address } = drydock.server;
  const headers = { Origin: address };
  const response = await request.post(`${address}/api/sandboxes`, { headers, data: { lesson } });
  const { id } = (await response.json()) as { id: string };
  await request.delete(`${address}/api/sandboxes/${id}`, { headers });
}
