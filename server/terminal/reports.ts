/** Tells a terminal's own answers from what a person typed. Knows no connection. */

/** Longer answers are split over several frames at worst, and then taken for typing. */
const MAX_REPORT = 256;

/** Device attributes, status and mode reports, cursor position, colours, and the answers to DCS queries. */
const REPORT =
  // oxlint-disable-next-line no-control-regex
  /^(?:\x1b\[(?:[?>=][\d;]*c|\??[\d;]+[nR]|\??[\d;]+\$y|[\d;]+t)|\x1b\](?:4;\d+|1[0-2]);rgb:[\da-fA-F/]+(?:\x07|\x1b\\)|\x1bP[\d>$!+][^\x1b]*\x1b\\)+$/;

/** What a terminal sends when its window gains or loses the focus. */
// oxlint-disable-next-line no-control-regex
const FOCUS = /^\x1b\[[IO]$/;

/** Whether a person typed, pasted or clicked, rather than their terminal having something to tell. */
export function isKeystroke(input: Uint8Array): boolean {
  return !isReport(input) && !(input.length === 3 && FOCUS.test(Buffer.from(input).toString('latin1')));
}

/** Whether this input consists of answers to queries of the program only. */
export function isReport(input: Uint8Array): boolean {
  if (input.length < 3 || input.length > MAX_REPORT || input[0] !== 0x1b) return false;
  return REPORT.test(Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('latin1'));
}
