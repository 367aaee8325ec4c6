import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { copyLessons, type Copy } from '../../tests/lessons/copy.ts';
import { writeNewLesson } from './new-command.ts';

let copy: Copy;
beforeEach(() => {
  copy = copyLessons();
});
afterEach(() => copy.remove());

const write = (id: string, lab = 'python'): string[] =>
  writeNewLesson({ name: 'new', id, lab }, copy.folders);

test('a new course gets its file and a first lesson, the next lesson the next number', () => {
  const files = write('quay/ropes');
  assert.ok(files.includes('lessons/quay/course.yaml') && files.includes('lessons/quay/01-ropes/index.mdx'));
  assert.equal(copy.lesson('quay/ropes').title, 'Ropes');
  const before = readFileSync(path.join(copy.root, 'lessons/quay/course.yaml'), 'utf8');
  assert.ok(write('quay/bowline-knots').includes('lessons/quay/02-bowline-knots/tasks/say-hello/solve.sh'));
  assert.equal(readFileSync(path.join(copy.root, 'lessons/quay/course.yaml'), 'utf8'), before);
  assert.equal(copy.lesson('quay/bowline-knots').title, 'Bowline knots');
});

test('nothing is written over, and bad names are refused', () => {
  write('quay/ropes');
  assert.throws(
    () => write('quay/ropes'),
    /Expected a slug that is free, found the lesson lessons\/quay\/01-ropes/,
  );
  assert.throws(
    () => write('Quay/ropes'),
    /Expected <course>\/<slug> in small letters, .* found "Quay\/ropes"/,
  );
  assert.throws(() => write('quay'), /Expected <course>\/<slug>/);
  assert.throws(() => write('../x/y'), /Expected <course>\/<slug>/);
  assert.throws(() => write('quay/hooks', 'moon'), /--lab: expected one of .*python.*, found "moon"/);
  assert.equal(existsSync(path.join(copy.root, 'lessons/quay/02-ropes')), false);
});
