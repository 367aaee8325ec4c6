import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlineOf } from './outline.ts';

const tasks = [
  { id: 'look', title: 'Look inside' },
  { id: 'make', title: 'Make one' },
];

test('sections and tasks come in the order of the text', () => {
  const body =
    '## First\n\n<Task id="look">\n\n</Task>\n\n## Second\n\n### Deeper\n\n<Task id="make">\n</Task>';
  const headings = [
    { depth: 2, slug: 'first', text: 'First' },
    { depth: 2, slug: 'second', text: 'Second' },
    { depth: 3, slug: 'deeper', text: 'Deeper' },
  ];
  const refs = outlineOf({ body, headings, tasks }).map((item) => `${item.kind}:${item.ref}`);
  assert.deepEqual(refs, ['section:first', 'task:look', 'section:second', 'task:make']);
});

test('code in fences is no section and no task', () => {
  const body = '````md\n```bash\n## comment\n```\n<Task id="look">\n````\n\n## Real\n';
  const items = outlineOf({ body, headings: [{ depth: 2, slug: 'real', text: 'Real' }], tasks });
  assert.deepEqual(items, [{ kind: 'section', ref: 'real', title: 'Real' }]);
});
