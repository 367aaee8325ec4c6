/** A terminal's text as plain lines. Pure. */
import type { IBuffer } from '@xterm/xterm';

/** All lines, scrollback first: wrapped ones joined, without empty ones at the end; ends in a newline unless empty. */
export function plainText(buffer: IBuffer): string {
  const lines: string[] = [];
  for (let y = 0; y < buffer.length; y += 1) {
    const line = buffer.getLine(y);
    const goesOn = buffer.getLine(y + 1)?.isWrapped === true;
    const text = line?.translateToString(!goesOn) ?? '';
    if (line?.isWrapped === true && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  const whole = lines.join('\n').trimEnd();
  return whole === '' ? '' : `${whole}\n`;
}

/** How many lines a pasted text would enter; a newline at the end enters none of its own. */
export function linesOf(text: string): number {
  return text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/).length;
}
