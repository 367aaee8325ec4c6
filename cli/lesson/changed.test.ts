import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { copyLessons, type Copy } from '../../tests/lessons/copy.ts';
import { runCommand } from '../setup/command.ts';
import { affected, changedFiles } from './changed.ts';
import { writeNewLesson } from './new-command.ts';

let copy: Copy;
const git = (...args: string[]): Promise<string> => {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  return runCommand(['git', ...who, ...args], { cwd: copy.root, timeoutMs: 30_000 });
};
before(async () => {
  copy = copyLessons();
  for (const id of ['quay/ropes', 'quay/knots'])
    writeNewLesson({ name: 'new', id, lab: 'python' }, copy.folders);
  await git('init', '-q', '-b', 'main');
  await git('add', 'lessons');
  await git('commit', '-q', '-m', 'Begin');
});
after(() => copy.remove());

const changed = async (): Promise<string[]> => {
  const lessons = ['quay/ropes', 'quay/knots'].map((id) => copy.lesson(id));
  return affected(lessons, await changedFiles(copy.root), copy.root).map(({ id }) => id);
};

test('lessons with changes in the work tree, new files, and what the branch changed', async () => {
  assert.deepEqual(await changed(), []);
  copy.write('lessons/quay/02-knots/files/rope.txt', 'rope\n');
  assert.deepEqual(await changed(), ['quay/knots'], 'a file that git does not know');
  await git('checkout', '-q', '-b', 'work');
  await git('add', 'lessons');
  await git('commit', '-q', '-m', 'Add a rope');
  assert.deepEqual(await changed(), ['quay/knots'], 'a commit of the branch');
  copy.edit('lessons/quay/01-ropes/index.mdx', 'duration: 5', 'duration: 6');
  assert.deepEqual(await changed(), ['quay/ropes', 'quay/knots'], 'and an edit');
});

test('a change of the lab or of what all share means every lesson that rests on it', () => {
  const lessons = ['quay/ropes', 'quay/knots'].map((id) => copy.lesson(id));
  const by = (file: string): number => affected(lessons, { since: '', files: [file] }, copy.root).length;
  assert.equal(by('labs/python/Dockerfile'), 2);
  assert.equal(by('labs/vm/Dockerfile'), 0);
  assert.equal(by('server/checks/run-check.ts'), 2);
  assert.equal(by('server/checks/run-check.test.ts'), 0);
  assert.equal(by('lessons/quay/01-ropes-and-more/index.mdx'), 0);
  writeFileSync(path.join(copy.root, 'README.md'), '');
  assert.equal(by('README.md'), 0);
});
