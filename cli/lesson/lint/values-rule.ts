/** Looks at where a lesson names the learner's values. Knows nothing about what they are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { VALUE_REFERENCE } from '../../../protocol/lesson.ts';
import { nearest } from '../../../src/lesson/author-error.ts';
import { readFence } from '../../../src/lesson/fence.ts';
import { placeOf, walk } from '../mdx.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Values that are named but not there, and values that nobody names. */
export function checkValues(source: Source): Finding[] {
  const used = new Set<string>();
  const findings = [...inText(source, used), ...inScripts(source, used)];
  for (const name of source.values.keys()) {
    const pattern = new RegExp(`<Value\\s+name="${name}"`);
    if (used.has(name) || pattern.test(source.text)) continue;
    findings.push(
      finding(source, {
        ...lineOf(source.text, `${name}:`),
        severity: 'warning',
        what: `values.${name}`,
        expected: 'a value that the text, a solution or a script names',
        found: 'none that does',
        mend: `write <Value name="${name}" /> or {{${name}}}, or take the value out`,
      }),
    );
  }
  return findings;
}

function inText(source: Source, used: Set<string>): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  walk(source.root, (node) => {
    if (node.type !== 'code' && node.type !== 'inlineCode') return;
    const { line, column } = placeOf(node);
    if (node.type === 'code' && readFence(node.lang ?? '', node.meta).verbatim) return;
    const lines = node.value.split('\n');
    for (const [index, text] of lines.entries()) {
      const place = node.type === 'code' ? { line: line + 1 + index, column: 1 } : { line, column };
      const isCode = node.type === 'code';
      findings.push(...references(source, { text, place, used, file: source.file }, isCode));
    }
  });
  return findings;
}

interface Place {
  readonly text: string;
  readonly file: string;
  readonly place: { readonly line: number; readonly column: number };
  readonly used: Set<string>;
}

function references(source: Source, { text, file, place, used }: Place, strict: boolean): Finding[] {
  return [...text.matchAll(VALUE_REFERENCE)].flatMap((match) => {
    const name = match[1] ?? '';
    used.add(name);
    if (source.values.has(name) || !strict) return [];
    const column = place.column + match.index;
    return [finding(source, { ...place, column, file, what: match[0], ...unknown(source, name) })];
  });
}

function unknown(source: Source, name: string): Pick<Finding, 'expected' | 'found' | 'mend'> {
  const known = [...source.values.keys()];
  const meant = nearest(name, known);
  return {
    expected:
      known.length === 0
        ? 'a value of the frontmatter, which has none'
        : `one of the values ${known.join(', ')}`,
    found: `"${name}"`,
    mend: meant === undefined ? 'add it to "values:", or mark the fence verbatim' : `write ${meant}`,
  };
}

function inScripts(source: Source, used: Set<string>): Finding[] {
  const findings: Finding[] = [];
  for (const name of source.files.filter((file) => /^(?:tasks|values)\/.*\.sh$/.test(file))) {
    const file = path.join(source.folder, name);
    const typed = path.basename(name) === 'solve.sh';
    for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
      const place = { line: index + 1, column: 1 };
      if (typed) findings.push(...references(source, { text, file, place, used }, true));
      else findings.push(...notFilledIn(source, { text, file, place, used }));
      for (const match of text.matchAll(/\bLESSON_([A-Z0-9_]+)\b/g)) {
        const value = (match[1] ?? '').toLowerCase();
        used.add(value);
        if (source.values.has(value)) continue;
        const at = { ...place, column: match.index + 1 };
        findings.push(finding(source, { ...at, file, what: match[0], ...unknown(source, value) }));
      }
    }
  }
  return findings;
}

/** Checks and hints get the values as variables; braces stay braces there. */
function notFilledIn(source: Source, { text, file, place, used }: Place): Finding[] {
  return [...text.matchAll(VALUE_REFERENCE)]
    .filter((match) => source.values.has(match[1] ?? ''))
    .map((match) => {
      const name = match[1] ?? '';
      used.add(name);
      const variable = `"$LESSON_${name.toUpperCase()}"`;
      return finding(source, {
        ...place,
        column: match.index + 1,
        file,
        what: match[0],
        expected: `${variable} in a script that is run`,
        found: match[0],
        mend: `write ${variable}; only solve.sh and the text have braces`,
      });
    });
}

function lineOf(text: string, part: string): { line: number; column: number } {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => line.trimStart().startsWith(part));
  return { line: Math.max(1, index + 1), column: Math.max(1, (lines[index]?.indexOf(part) ?? 0) + 1) };
}
