import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { exercisesOf, loadCatalog } from './catalog.ts';
import { AuthoringError } from './problem.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'drydock-catalog-'));
  write('labs/python/lab.yaml', 'title: Python\n');
  write(
    'lessons/env/course.yaml',
    'title: Environments\nsummary: All about environments in one place.\norder: 1\n',
  );
  write('lessons/env/01-create/index.mdx', LESSON);
  write('lessons/env/01-create/tasks/make/check.sh', 'exit 1\n');
  write('lessons/env/01-create/tasks/make/solve.sh', 'true\n');
});

afterEach(() => rmSync(root, { recursive: true }));

const LESSON = `---
title: Create one
summary: You will be able to create an environment.
lab: python
duration: 10
tasks:
  - id: make
    title: Make it
---

Text.

<Task id="make">Do it.</Task>
`;

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const load = () => loadCatalog({ lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') });

function faults(): string[] {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof AuthoringError);
    return error.message.split('\n');
  }
  return assert.fail('expected an AuthoringError');
}

test('reads a course with its lessons and defaults', () => {
  const lesson = load().lesson('env/create');
  assert.equal(lesson?.title, 'Create one');
  const [task] = exercisesOf(lesson);
  assert.equal(task?.timeoutSeconds, 10);
  assert.deepEqual(task.needs, []);
  assert.equal(lesson.filesFolder, undefined);
  assert.equal(load().lesson('env/other'), undefined);
});

test('lessons come in the order of their folders, courses in that of their number', () => {
  write('lessons/aaa/course.yaml', 'title: Later\nsummary: Comes second because of its number.\norder: 2\n');
  write('lessons/env/00-first/index.mdx', LESSON);
  write('lessons/env/00-first/tasks/make/check.sh', 'exit 1\n');
  write('lessons/env/00-first/tasks/make/solve.sh', 'true\n');
  assert.deepEqual(
    load().courses.map((course) => course.id),
    ['env', 'aaa'],
  );
  assert.deepEqual(
    load().lessons.map((lesson) => lesson.id),
    ['env/first', 'env/create'],
  );
});

test('a wrong field is named with file, line, column, expected and found', () => {
  write('lessons/env/01-create/index.mdx', LESSON.replace('duration: 10', 'duration: long'));
  assert.deepEqual(faults(), [
    'lessons/env/01-create/index.mdx:5:11: duration: expected a value of type number, found "long"',
  ]);
});

test('an unknown field is an error, not ignored', () => {
  write('lessons/env/01-create/index.mdx', LESSON.replace('duration: 10', 'duration: 10\nlevel: 3'));
  assert.match(faults()[0] ?? '', /index\.mdx:6:8: level: expected no such field, found "level"$/);
});

test('a missing field says that nothing was found', () => {
  write('lessons/env/01-create/index.mdx', LESSON.replace('lab: python\n', ''));
  assert.match(faults()[0] ?? '', /lab: expected a value of type string, found nothing$/);
});

test('a task without a check names the script that is missing', () => {
  rmSync(path.join(root, 'lessons/env/01-create/tasks/make/check.sh'));
  assert.deepEqual(faults(), [
    'lessons/env/01-create/index.mdx:7:9: tasks.0.id: expected a script lessons/env/01-create/tasks/make/check.sh for task "make", found none',
  ]);
});

test('an empty check is no check', () => {
  write('lessons/env/01-create/tasks/make/check.sh', '');
  assert.match(faults()[0] ?? '', /found an empty file$/);
});

test('tasks of frontmatter and text must be the same', () => {
  write('lessons/env/01-create/index.mdx', LESSON.replace('<Task id="make">', '<Task id="mkae">'));
  assert.deepEqual(faults(), [
    'lessons/env/01-create/index.mdx:7:9: tasks.0.id: expected one <Task id="make"> in the text, found none',
    'lessons/env/01-create/index.mdx:13:1: Task: expected one of the tasks make, found "mkae"',
  ]);
});

test('an unknown lab lists those there are', () => {
  write('lessons/env/01-create/index.mdx', LESSON.replace('lab: python', 'lab: pyhton'));
  assert.match(faults()[0] ?? '', /:4:6: lab: expected one of the labs python, found "pyhton"$/);
});

test('all faults of all files come together', () => {
  write('lessons/env/01-create/index.mdx', 'no frontmatter\n');
  write('lessons/env/course.yaml', 'title: [\n');
  write('lessons/other/01-x/index.mdx', LESSON);
  const all = faults();
  assert.equal(all.length, 3);
  assert.match(all.join('\n'), /course\.yaml:\d+:\d+: expected valid YAML/);
  assert.match(all.join('\n'), /expected a frontmatter between two lines of ---, found "no frontmatter"/);
  assert.match(all.join('\n'), /lessons\/other:1:1: expected a file course\.yaml, found none/);
});
