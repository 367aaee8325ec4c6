/** Makes a table of a lesson's text ready for narrow columns, where each row of a wide one becomes a list. Pure. */

/** From so many columns on, a table is wide: no phone shows them beside each other. */
const WIDE = 4;

/** A table's rows as HTML. */
export interface TableRows {
  readonly html: string;
  readonly wide: boolean;
}

/**
 * The rows that Markdown made, with an empty cell in place of a head without words, as above the first column: it heads
 * nothing. The cells of a wide table carry the words above them in `data-head`, and all its parts say their roles, which
 * a browser forgets where a table is laid out as lists.
 */
export function readyRows(markdown: string): TableRows {
  const html = markdown.replace(/<th([^>]*)>\s*<\/th>/g, '<td$1></td>');
  const [first = ''] = html.match(/<tr>.*?<\/tr>/s) ?? [];
  const heads = (first.match(/<t[hd].*?<\/t[hd]>/gs) ?? []).map((cell) =>
    cell.replace(/<[^>]*>/g, '').trim(),
  );
  if (heads.length < WIDE) return { html, wide: false };
  const ready = html
    .replace(/<tr>.*?<\/tr>/gs, (row) => readyRow(row, row === first ? [] : heads))
    .replace(/<(thead|tbody)>/g, '<$1 role="rowgroup">')
    .replace(/<th(?=[ >])/g, '<th role="columnheader"');
  return { html: ready, wide: true };
}

/** What has no words above it, as the first column may, names the row. */
function readyRow(row: string, heads: readonly string[]): string {
  let column = 0;
  return row.replace('<tr>', '<tr role="row">').replace(/<td(?=[ >])/g, () => {
    const head = heads[column++];
    if (head === undefined) return '<td role="cell"';
    return head === ''
      ? '<td role="rowheader"'
      : `<td role="cell" data-head="${head.replaceAll('"', '&quot;')}"`;
  });
}
