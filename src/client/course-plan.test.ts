import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coursePlan } from './course-plan.ts';

const lesson = (passed: number, total = 4, minutes = 20) => ({ passed, total, minutes });

test('nobody has begun: the first lesson, and all of the time', () => {
  assert.deepEqual(coursePlan([lesson(0), lesson(0)]), { begun: false, next: 0, minutesLeft: 40 });
});

test('in the middle of a lesson: that one, and what is left of it', () => {
  assert.deepEqual(coursePlan([lesson(4), lesson(2), lesson(0)]), { begun: true, next: 1, minutesLeft: 30 });
});

test('between two lessons: the one that follows, also where an earlier one was left out', () => {
  assert.equal(coursePlan([lesson(4), lesson(0)]).next, 1);
  assert.equal(coursePlan([lesson(1), lesson(4), lesson(0)]).next, 2);
});

test('only an earlier one is left: that', () => {
  assert.deepEqual(coursePlan([lesson(3), lesson(4)]), { begun: true, next: 0, minutesLeft: 5 });
});

test('all is done: nothing is left', () => {
  assert.deepEqual(coursePlan([lesson(4), lesson(4)]), { begun: true, next: -1, minutesLeft: 0 });
  assert.deepEqual(coursePlan([]), { begun: false, next: -1, minutesLeft: 0 });
});
