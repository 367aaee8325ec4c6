import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { copyLessons, type Copy } from '../../tests/lessons/copy.ts';
import { writeNewLesson } from './new-command.ts';
import { selectLessons } from './select.ts';

let copy: Copy;
before(() => {
  copy = copyLessons();
  for (const id of ['quay/ropes', 'quay/knots', 'sea/tides']) {
    writeNewLesson({ name: 'new', id, lab: 'python' }, copy.folders);
  }
});
after(() => copy.remove());

const ids = (...paths: string[]): string[] =>
  selectLessons(copy.folders, paths, copy.root).map(({ id }) => id);

test('all lessons, or those that paths and ids mean, each once', () => {
  assert.deepEqual(ids(), ['quay/ropes', 'quay/knots', 'sea/tides']);
  assert.deepEqual(ids('quay'), ['quay/ropes', 'quay/knots']);
  assert.deepEqual(ids('quay/knots', 'quay/knots'), ['quay/knots']);
  assert.deepEqual(ids('lessons/sea'), ['sea/tides']);
  assert.deepEqual(ids('lessons/quay/01-ropes/tasks/say-hello/check.sh'), ['quay/ropes']);
  assert.deepEqual(ids(path.join(copy.folders.lessons, 'quay')), ['quay/ropes', 'quay/knots']);
});

test('a path that means no lesson is refused with those that there are', () => {
  assert.throws(
    () => ids('quay/hooks'),
    /Expected a lesson, .* found "quay\/hooks"\. The lessons are:\n {2}quay\/ropes, quay\/knots\n {2}sea\/tides$/,
  );
  assert.throws(() => ids('labs'), /found "labs"/);
});
