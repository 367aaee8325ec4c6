/** What the linter finds, and how it is told and mended. Knows no rule. */
import { readFileSync, writeFileSync } from 'node:fs';

/** A change of a file that loses nothing. */
export interface Edit {
  /** Characters from here to there are replaced. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Finding {
  /** A warning does not fail the check. */
  readonly severity: 'error' | 'warning';
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What is meant, such as `<Task>` or `tasks.0.id`; empty for the whole file. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  /** What to do. */
  readonly mend: string;
  /** How `--fix` mends it, where that is safe. */
  readonly edits?: readonly Edit[];
}

/** `file:line:column: what: expected …, found …; how to mend`. `name` makes a path short. */
export function formatFinding(finding: Finding, name: (file: string) => string): string {
  const { severity, file, line, column, what, expected, found, mend } = finding;
  const kind = severity === 'warning' ? 'warning: ' : '';
  const subject = what === '' ? '' : `${what}: `;
  return `${name(file)}:${line}:${column}: ${kind}${subject}expected ${expected}, found ${found}; ${mend}`;
}

/** Mends what can be mended and returns the rest. Edits that overlap wait for the next time. */
export function mend(findings: readonly Finding[]): Finding[] {
  const rest = findings.filter((finding) => finding.edits === undefined);
  const byFile = Map.groupBy(
    findings.filter((finding) => finding.edits !== undefined),
    ({ file }) => file,
  );
  for (const [file, all] of byFile) {
    let text = readFileSync(file, 'utf8');
    let end = Infinity;
    const edits = all.flatMap((finding) => finding.edits ?? []).toSorted((a, b) => b.from - a.from);
    for (const edit of edits) {
      if (edit.to > end) continue;
      text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
      end = edit.from;
    }
    writeFileSync(file, text);
  }
  return rest;
}

/** Errors before warnings of the same place, files and lines in order, nothing twice. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
    .filter((finding) => {
      const key = [finding.file, finding.line, finding.column, finding.what, finding.found].join('\0');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
