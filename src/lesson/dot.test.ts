import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawDot, drawForEveryWidth } from './dot.ts';

const LONG = 'digraph { rankdir=LR; "the first of them" -> "the second of them" -> "the third of them" }';

const sizesOf = (drawings: string): number[][] =>
  [...drawings.matchAll(/viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/g)].map(([, ...sizes]) =>
    sizes.map(Number),
  );

test('a long row is drawn a second time as a column, for a phone', async () => {
  const [row = [], column = [], ...more] = sizesOf(await drawForEveryWidth(LONG));
  assert.deepEqual(more, []);
  const [rowWidth = 0, rowHeight = 0] = row;
  const [columnWidth = 0, columnHeight = 0] = column;
  assert.ok(rowWidth > 370 && rowHeight < 50, `found a row of ${rowWidth} by ${rowHeight}`);
  assert.ok(columnWidth < 200 && columnHeight > 100, `found a column of ${columnWidth} by ${columnHeight}`);
});

test('what fits on a phone, or runs downwards already, is drawn once', async () => {
  for (const source of ['digraph { rankdir=LR; a -> b }', LONG.replace('rankdir=LR; ', '')]) {
    assert.equal(sizesOf(await drawForEveryWidth(source)).length, 1, source);
  }
});

test('the name of a cluster is above the edges that cross it, in the colour of its class', async () => {
  const svg = await drawDot('digraph { subgraph cluster_net { label="network"; class="accent"; b } a -> b }');
  assert.match(svg, /<g class="name accent"><text[^>]*>network<\/text><\/g><\/g><\/svg>$/);
  assert.equal(svg.match(/network/g)?.length, 1);
});
