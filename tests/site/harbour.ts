/** A copy of the project whose only course is the fixture `harbour`, so that a build takes no longer than it must. */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { copyTree, type Tree } from '../support/tree.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures', 'harbour');

/** To be removed by who asked for it. */
export function copyHarbour(): Tree {
  const tree = copyTree();
  const lessons = path.join(tree.root, 'lessons');
  rmSync(lessons, { recursive: true });
  cpSync(FIXTURE, path.join(lessons, 'harbour'), { recursive: true });
  cpSync(path.join(FIXTURE, 'glossary.yaml'), path.join(lessons, 'glossary.yaml'));
  return tree;
}
