/** Makes sense of what the search engine says about a page: its excerpts, and whether it found what was meant. Pure. */

/** A piece of an excerpt; `marked` where it was looked for. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  '#x27': "'",
};

/** The pieces of an excerpt, which is text with marks, without the heading that it may begin with. */
export function piecesOf(excerpt: string, heading = ''): Piece[] {
  const all = excerpt
    .split(/<mark>(.*?)<\/mark>/s)
    .map((html, index) => ({ text: decode(html), marked: index % 2 === 1 }));
  const plain = all.map(({ text }) => text).join('');
  const begins = heading !== '' && plain.startsWith(`${heading}.`);
  const pieces = begins ? dropped(all, heading.length + 1) : all;
  const end = /[.!?:…]\s*$/.test(plain) ? [] : [{ text: ' …', marked: false }];
  const start = begins || /^[^\p{Ll}]/u.test(plain) ? [] : [{ text: '… ', marked: false }];
  const rest = pieces.filter(({ text }) => text !== '');
  return rest.some(({ text }) => text.trim() !== '') ? [...start, ...rest, ...end] : [];
}

/**
 * Whether words that were found are what was asked for. Where nothing fits, the engine looks for ever shorter beginnings
 * of the words: that helps with "volumn", but finds something for any nonsense.
 */
export function isMeant(query: string, found: readonly string[]): boolean {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  const words = found.map(bare);
  return asked.some((word) => {
    const asks = bare(word);
    // A word of signs alone, such as "->", has no letters to compare.
    return (
      asks === '' || words.some((found) => common(asks, found) >= Math.max(1, Math.ceil(asks.length / 2)))
    );
  });
}

/** The pieces without so many characters at their beginning, and without the blanks then left there. */
function dropped(pieces: readonly Piece[], count: number): Piece[] {
  let left = count;
  let begun = false;
  return pieces.map(({ text, marked }) => {
    const cut = Math.min(left, text.length);
    left -= cut;
    const rest = begun ? text : text.slice(cut).trimStart();
    begun ||= rest !== '';
    return { text: rest, marked };
  });
}

function decode(html: string): string {
  return html.replace(/&(\w+|#\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Letters and digits alone. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** How many letters two words begin with in common. */
function common(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}
