/** Reads a solution as the lines that are typed. Knows nothing about terminals. */

/** A line of a script. */
export interface ScriptLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** The lines to type: all but a `#!` line, and empty ones outside of here-documents. */
export function linesOf(script: string): ScriptLine[] {
  const lines: ScriptLine[] = [];
  let end: string | undefined;
  for (const [index, text] of script.trimEnd().split('\n').entries()) {
    const inDocument = end !== undefined;
    if (inDocument && text.replace(/^\t+/, '') === end) end = undefined;
    else if (!inDocument) end = /<<-?\s*(["']?)(\w+)\1/.exec(text)?.[2];
    if (index === 0 && text.startsWith('#!')) continue;
    if (text.trim() === '' && !inDocument) continue;
    lines.push({ text, line: index + 1 });
  }
  return lines;
}
