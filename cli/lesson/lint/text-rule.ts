/** Looks at a text as a whole: whether it can be read, its headings, the order of its tasks, how long it takes. */
import { toString } from 'mdast-util-to-string';
import { isElement, placeOf, propOf, walk, type MdxError } from '../mdx.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Words that one reads in a minute, of a text that one works with. */
const WORDS_A_MINUTE = 200;
/** Minutes for an exercise, for a quiz, and for a command that is typed. */
const EXERCISE = 2.5;
const QUIZ = 1;
const COMMAND = 0.3;

/** What the parser says → what to do. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /closing tag|closing slash/i,
    'close each component where it was opened: </Name> on a line of its own, or <Name />',
  ],
  [
    /acorn|expression|lazy line/i,
    'write \\{ for a brace of the text, or put it in `code`; a value is <Value name="..." />',
  ],
  [
    /before attribute|in attribute|before name|in name|after attribute/i,
    'write \\< for a "<" of the text, or put it in `code`; values of properties stand in quotes',
  ],
  [/import|export/i, 'take it out: lessons import nothing, every component is there'],
];

/** Text that is no MDX, headings out of order, tasks in another order than the frontmatter's, and a wrong duration. */
export function checkText(source: Source): Finding[] {
  if (source.mdxError) return [unreadable(source, source.mdxError)];
  return [...checkHeadings(source), ...checkOrder(source), ...checkDuration(source)];
}

function unreadable(source: Source, error: MdxError): Finding {
  const line = source.text.split('\n')[error.place.line - 1]?.trim() ?? '';
  const mend = ADVICE.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'mend what stands there';
  const found = `${JSON.stringify(line.slice(0, 60))}: ${error.message}`;
  return finding(source, { ...error.place, what: 'MDX', expected: 'text that can be read', found, mend });
}

function checkHeadings(source: Source): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  let depth = 1;
  walk(source.root, (node) => {
    if (node.type !== 'heading') return;
    const place = { ...placeOf(node), severity: 'warning', what: 'heading' } as const;
    const found = `${'#'.repeat(node.depth)} ${toString(node)}`;
    if (node.depth === 1) {
      const mend = 'begin with ##: the title of the page comes from the frontmatter';
      findings.push(finding(source, { ...place, expected: '## or deeper', found: `"${found}"`, mend }));
    } else if (node.depth > depth + 1) {
      const wanted = '#'.repeat(depth + 1);
      const mend = `write ${wanted}: no level is left out`;
      findings.push(finding(source, { ...place, expected: `at most ${wanted}`, found: `"${found}"`, mend }));
    }
    depth = node.depth;
  });
  return findings;
}

function checkOrder(source: Source): Finding[] {
  const { root, tasks } = source;
  if (!root) return [];
  const ids = tasks.map(({ id }) => id);
  const shown: string[] = [];
  let first: Finding | undefined;
  walk(root, (node) => {
    if (!isElement(node) || (node.name !== 'Task' && node.name !== 'Quiz')) return;
    const id = propOf(node, 'id') ?? '';
    if (!ids.includes(id)) return;
    const wanted = ids[shown.length];
    shown.push(id);
    if (first || wanted === undefined || wanted === id || shown.indexOf(id) < shown.length - 1) return;
    const mend = 'put the tasks of the frontmatter into the order of the text';
    first = finding(source, {
      ...placeOf(node),
      what: `<${node.name}>`,
      expected: `"${wanted}", which comes here in the frontmatter`,
      found: `"${id}"`,
      mend,
    });
  });
  return first ? [first] : [];
}

/** Minutes that a learner needs, by the number of words, commands and tasks. */
export function minutesFor(source: Pick<Source, 'root' | 'tasks'>): number {
  let words = 0;
  let commands = 0;
  if (source.root) {
    walk(source.root, (node) => {
      if (node.type === 'text' || node.type === 'inlineCode')
        words += node.value.split(/\s+/).filter(Boolean).length;
      if (node.type === 'code')
        commands += node.value.split('\n').filter((line) => /^(?:\(.*\) )?\$ /.test(line)).length;
    });
  }
  const quizzes = source.tasks.filter(({ kind }) => kind === 'quiz').length;
  const exercises = source.tasks.length - quizzes;
  return Math.round(words / WORDS_A_MINUTE + commands * COMMAND + exercises * EXERCISE + quizzes * QUIZ);
}

function checkDuration(source: Source): Finding[] {
  const { duration, text } = source;
  const needed = minutesFor(source);
  if (duration === undefined || (duration >= needed * 0.6 && duration <= Math.max(needed * 2, needed + 5)))
    return [];
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.startsWith('duration:')) + 1;
  return [
    finding(source, {
      severity: 'warning',
      line: Math.max(1, line),
      what: 'duration',
      expected: `about ${needed} minutes for this many words, commands and tasks`,
      found: `${duration}`,
      mend: 'change it, or split the lesson',
    }),
  ];
}
