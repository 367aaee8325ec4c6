import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PassedTasks } from './progress-store.ts';

const at = '2026-01-01T00:00:00Z';

test('counts tasks by lesson and by course', () => {
  const passed = new PassedTasks();
  passed.add({
    lessons: [
      { id: 'a/one', startedAt: at, tasks: [{ id: 'x', passedAt: at }], help: [] },
      {
        id: 'a/two',
        startedAt: at,
        tasks: [
          { id: 'x', passedAt: at },
          { id: 'y', passedAt: at },
        ],
        help: [],
      },
      { id: 'ab/one', startedAt: at, tasks: [{ id: 'x', passedAt: at }], help: [] },
    ],
  });
  assert.equal(passed.inLesson('a/two'), 2);
  assert.equal(passed.inLesson('a/unknown'), 0);
  assert.equal(passed.inCourse('a'), 3);
  assert.equal(passed.has('a/one', 'x'), true);
  assert.equal(passed.has('a/one', 'y'), false);
});

test('tells of a newly passed task once, and not after the subscription ends', () => {
  const passed = new PassedTasks();
  let told = 0;
  const off = passed.onChange(() => (told += 1));
  passed.pass('a/one', 'x');
  passed.pass('a/one', 'x');
  assert.equal(told, 1);
  off();
  passed.pass('a/one', 'y');
  assert.equal(told, 1);
  assert.equal(passed.inLesson('a/one'), 2);
});

test('tells what was passed just so from what was passed before', () => {
  const passed = new PassedTasks();
  const news: (string | undefined)[] = [];
  passed.onChange((task) => news.push(task));
  passed.passedBefore('a/one', ['x', 'y']);
  passed.passedBefore('a/one', ['y']);
  passed.pass('a/one', 'x');
  passed.pass('a/one', 'z');
  assert.deepEqual(news, [undefined, 'z']);
});
