/** Turns what the MDX compiler says about a text that does not parse into a message that helps. Knows no lesson. */
import { AuthorError, quote } from '../author-error.ts';

/** The author's text. */
export interface MdxText {
  /** Path from the root of the project. */
  readonly file: string;
  /** With the frontmatter's lines, be they blank. */
  readonly content: string;
}

/** What the compiler says → what to do. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /Unexpected character (?:after|before|in) .*(?:<|tag|name|attribute)/i,
    'a "<" begins a component, such as <Task id="create-env">, with each value in quotes. A "<" of the text is written \\< or stands in `code`',
  ],
  [
    /expected (?:a|corresponding) closing tag/i,
    'each component is closed in the same place where it was opened: by </Name> on a line of its own after a blank line, or as <Name />',
  ],
  [/Unexpected closing tag/, 'a closing tag needs its opening tag above, in the same paragraph or list'],
  [
    /expression|brace|oxc/i,
    'a "{" begins JavaScript. A "{" of the text is written \\{ or stands in `code`; a value of the learner is <Value name="..." />',
  ],
  [/import\/exports?/, 'lessons import nothing; every component is there'],
];

/** The error to throw instead of the compiler's. What is not a fault of parsing is given back as it is. */
export function explainMdx(error: unknown, { file, content }: MdxText): unknown {
  if (!(error instanceof Error) || error instanceof AuthorError) return error;
  const [, at, says = ''] = /^(\d+:\d+): ([\s\S]*)$/.exec(error.message) ?? [];
  if (at === undefined) return error;
  const [line = 1, column = 1] = at.split(':').map(Number);
  const said = says.replace(/ \((?:mdx|note)[^)]*\)/g, '').trim();
  const advice = ADVICE.find(([pattern]) => pattern.test(says))?.[1];
  const found = quote(content.split('\n')[line - 1] ?? '');
  const message = `expected MDX that can be read, found ${found}: ${said}`;
  return new AuthorError(
    { file, line, column },
    advice === undefined ? message : `${message}. Note: ${advice}.`,
  );
}
