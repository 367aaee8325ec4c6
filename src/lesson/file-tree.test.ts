import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf, treeOf, TreeFault } from './file-tree.ts';

test('indentation makes folders, the rest of a line is a remark', () => {
  assert.deepEqual(treeOf(linesOf('lab/\n  Dockerfile   how it is made\n  bin\n    start\nREADME.md')), [
    {
      name: 'lab',
      folder: true,
      children: [
        { name: 'Dockerfile', folder: false, children: [], remark: 'how it is made' },
        { name: 'bin', folder: true, children: [{ name: 'start', folder: false, children: [] }] },
      ],
    },
    { name: 'README.md', folder: false, children: [] },
  ]);
});

test('a name with blanks stands in backticks, the root keeps its stroke', () => {
  const names = treeOf(linesOf('`my drafts/` old\n/\n')).map(({ name, folder }) => [name, folder]);
  assert.deepEqual(names, [
    ['my drafts', true],
    ['/', true],
  ]);
});

test('a crooked indentation, a tab and an empty list are faults with their line', () => {
  const lineOf = (text: string): number => {
    try {
      treeOf(linesOf(text));
    } catch (error) {
      if (error instanceof TreeFault) return error.line;
    }
    return 0;
  };
  assert.equal(lineOf('a/\n    b\n  c'), 3);
  assert.equal(lineOf('  a\nb'), 2);
  assert.equal(lineOf('a/\n\tb'), 2);
  assert.equal(lineOf('\n'), 1);
});
