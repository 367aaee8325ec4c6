/** A tree with one small course that uses everything a page can do with tasks, and a lab that is built in seconds. */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { copyTree, type Tree } from '../../support/tree.ts';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures');

/** The address of its lesson. */
export const TASK_LESSON = '/lessons/harbour/tasks/';

/** A copy of the project in which that course is the only one. */
export function taskTree(): Tree {
  const tree = copyTree();
  for (const folder of ['lessons', 'labs']) {
    rmSync(path.join(tree.root, folder), { recursive: true });
    cpSync(path.join(FIXTURES, folder), path.join(tree.root, folder), { recursive: true });
  }
  return tree;
}
