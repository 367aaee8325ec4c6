/** Looks for files of a lesson that nobody uses, and for slips in how scripts are saved. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Edit, Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Scripts, quizzes and other files without a use; line ends of Windows and blanks at the ends of lines. */
export function checkFiles(source: Source): Finding[] {
  return source.files.flatMap((name) => {
    const file = path.join(source.folder, name);
    const unused = useOf(source, name);
    const found = unused === undefined ? [] : [finding(source, { file, ...unused })];
    return isText(name) ? [...found, ...checkBytes(source, file)] : found;
  });
}

const NOT_USED = {
  expected: 'a file that the lesson uses',
  mend: 'take it away, or name it in the frontmatter',
};

/** What is wrong with there being such a file; undefined: nothing. */
function useOf(
  { tasks, values }: Source,
  name: string,
): Pick<Finding, 'expected' | 'found' | 'mend'> | undefined {
  const [top = '', second = '', third] = name.split('/');
  const ids = (kind: string): string[] => tasks.filter((task) => task.kind === kind).map(({ id }) => id);
  if (name === 'index.mdx' || top === 'files') return undefined;
  if (top === 'tasks') {
    if (!ids('exercise').includes(second)) {
      return { ...NOT_USED, found: `a script of "${second}", which is no exercise of the frontmatter` };
    }
    if (['check.sh', 'solve.sh', 'hint.sh'].includes(third ?? '')) return undefined;
    const found = `"${name.split('/').slice(2).join('/')}"`;
    return { expected: 'check.sh, solve.sh or hint.sh', found, mend: 'rename it or take it away' };
  }
  if (top === 'quizzes') {
    if (ids('quiz').some((id) => second === `${id}.yaml`)) return undefined;
    return { ...NOT_USED, found: `a quiz "${second}" that is no task with "kind: quiz"` };
  }
  if (top === 'values') {
    if (values.get(second.replace(/\.sh$/, '')) === 'script') return undefined;
    return { ...NOT_USED, found: `a script "${second}" without a value of the kind script` };
  }
  // Pictures that the text shows, and notes of the author's, are the author's business.
  return undefined;
}

function isText(name: string): boolean {
  return !name.startsWith('files/') && /\.(?:sh|mdx|ya?ml)$/.test(name);
}

function checkBytes(source: Source, file: string): Finding[] {
  const text = readFileSync(file, 'utf8');
  const findings: Finding[] = [];
  const edit = (match: RegExpExecArray | RegExpMatchArray, replacement: string): Edit => ({
    from: match.index ?? 0,
    to: (match.index ?? 0) + match[0].length,
    text: replacement,
  });
  const place = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const returns = [...text.matchAll(/\r(?=\n)/g)];
  if (returns[0]) {
    const mend = 'save it with line ends of Unix (LF), or run with --fix';
    findings.push(
      finding(source, {
        ...place(returns[0].index),
        file,
        what: 'line ends',
        expected: 'a line feed alone',
        found: `carriage returns at the ends of ${returns.length} lines`,
        mend,
        edits: returns.map((match) => edit(match, '')),
      }),
    );
  }
  for (const match of text.matchAll(/[ \t]+(?=\r?\n|$)/g)) {
    // Two blanks at the end of a line of Markdown break it.
    const before = text[match.index - 1];
    if (file.endsWith('.mdx') && match[0] === '  ' && before !== undefined && before !== '\n') continue;
    const mend = 'take them out, or run with --fix';
    findings.push(
      finding(source, {
        ...place(match.index),
        file,
        severity: 'warning',
        what: 'blanks',
        expected: 'none at the end of the line',
        found: `${match[0].length}`,
        mend,
        edits: [edit(match, '')],
      }),
    );
  }
  return findings;
}
