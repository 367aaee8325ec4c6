/** Makes a program's output fit for a page. Knows nothing about checks. */

/** Escape sequences of a terminal: commands with parameters, titles and other strings, two-character ones. */
// oxlint-disable-next-line no-control-regex
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g;
/** Control characters but tab and line feed, and those that turn the direction of the text around them. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text without escape sequences and control characters, lines ended by a line feed, blank space around it cut. */
export function plainText(output: string): string {
  return output
    .replace(ESCAPES, '')
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The beginning of the text, in at most `most` characters; says so where something is missing. */
export function head(text: string, most: number): string {
  return text.length <= most ? text : `${whole(text.slice(0, most - 1))}…`;
}

/** The last lines of the text, in at most `most` characters; says so where something is missing. */
export function tail(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(text.length - most + 1);
  const line = end.indexOf('\n');
  return `…${line === -1 ? whole(end) : end.slice(line + 1)}`;
}

/** Without the halves of characters that were cut in two. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
