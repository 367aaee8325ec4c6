import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readyRows } from './table.ts';

const row = (cells: readonly string[], tag = 'td'): string =>
  `<tr>\n${cells.map((cell) => `<${tag}>${cell}</${tag}>\n`).join('')}</tr>\n`;
const table = (heads: readonly string[], cells: readonly string[]): string =>
  `<thead>\n${row(heads, 'th')}</thead><tbody>\n${row(cells)}</tbody>`;

test('a narrow table stays as it is, but for a head without words', () => {
  assert.deepEqual(readyRows(table(['A', 'B', 'C'], ['1', '2', '3'])), {
    html: table(['A', 'B', 'C'], ['1', '2', '3']),
    wide: false,
  });
  assert.match(readyRows(table(['', 'B'], ['1', '2'])).html, /<td><\/td>\s*<th>B<\/th>/);
});

test('the cells of a wide table know the words above them, and what names a row says so', () => {
  const { html, wide } = readyRows(table(['', 'Kind', '<code>a</code> "b"', 'D'], ['KVM', 'x', 'y', '']));
  assert.equal(wide, true);
  assert.match(html, /^<thead role="rowgroup">\s*<tr role="row">\s*<td role="cell"><\/td>/);
  assert.match(html, /<th role="columnheader">Kind<\/th>/);
  assert.match(html, /<td role="rowheader">KVM<\/td>\s*<td role="cell" data-head="Kind">x<\/td>/);
  assert.match(
    html,
    /<td role="cell" data-head="a &quot;b&quot;">y<\/td>\s*<td role="cell" data-head="D"><\/td>/,
  );
});
