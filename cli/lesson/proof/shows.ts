/** Compares what a lesson shows with what was printed. Knows neither fences nor sandboxes. */

/**
 * Whether the output is what the text shows, blanks at the ends of lines aside. A line `…` stands for any lines, also
 * none; `…` in a line stands for any characters.
 */
export function shows(shown: string, output: string): boolean {
  return patternOf(shown.split('\n')).test(clean(output));
}

/** Whether the text shows nothing but that something may be printed: an error would fit as well. */
export function leavesOpen(shown: string): boolean {
  return shown.trim() === '…';
}

/** The first line of the output that is not what the text shows, as both of them; for a message. */
export function firstDifference(shown: string, output: string): { expected: string; found: string } {
  const wanted = shown.split('\n');
  const lines = clean(output).split('\n');
  // The longest beginning of the shown lines that fits to a beginning of the output.
  let fits = 0;
  while (fits < wanted.length && beginsWith(lines, wanted.slice(0, fits + 1))) fits++;
  const after = wanted.slice(0, fits).includes('…') ? undefined : lines[fits];
  return { expected: wanted[fits] ?? '(nothing more)', found: after ?? lines.join('\n') };
}

function beginsWith(lines: readonly string[], wanted: readonly string[]): boolean {
  return lines.some((_, end) => patternOf(wanted).test(lines.slice(0, end + 1).join('\n')));
}

function patternOf(shown: readonly string[]): RegExp {
  let pattern = '';
  for (const [index, line] of shown.entries()) {
    const end = index === shown.length - 1;
    if (line === '…') pattern += end ? '[^]*' : '(?:[^]*\\n)?';
    else pattern += line.trimEnd().split('…').map(literal).join('[^\\n]*') + (end ? '' : '\\n');
  }
  // A last line … also stands for none: the line end before it goes with it.
  return new RegExp(`^${pattern.replace(/\\n\[\^\]\*$/, '(?:\\n[^]*)?')}$`);
}

function clean(output: string): string {
  return output.replace(/[ \t]+$/gm, '');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
