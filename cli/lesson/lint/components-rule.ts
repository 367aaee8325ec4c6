/** Holds the components in the text to the schemas of the site. Knows nothing about what they look like. */
import type { Nodes } from 'mdast';
import { nearest } from '../../../src/lesson/author-error.ts';
import { schemas } from '../../../src/lesson/schemas.ts';
import { isKnown, misplaced } from '../../../src/lesson/text/standing.ts';
import { childrenOf, isElement, placeOf, propOf, walk, type Element } from '../mdx.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

const NAMES = Object.keys(schemas);
/** Elements that the site's content security policy stops, or that would change the whole page. */
const FORBIDDEN = new Set(['script', 'style', 'iframe', 'object', 'embed', 'form', 'link', 'meta']);

type Fault = Pick<Finding, 'expected' | 'found' | 'mend'> & Partial<Finding>;

/** Unknown components and properties, wrong values, components in places where they do not belong, and JavaScript. */
export function checkComponents(source: Source): Finding[] {
  const findings: Finding[] = [];
  if (!source.root) return findings;
  let terminals = 0;
  walk(source.root, (node, parents) => {
    const tell = (fault: Fault): void => void findings.push(finding(source, { ...placeOf(node), ...fault }));
    if (node.type === 'mdxjsEsm') {
      const mend = 'take it out: lessons import and export nothing, every component is there already';
      tell({ what: 'import', expected: 'text and components', found: quoted(node.value), mend });
    }
    if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression')
      checkExpression(node.value, tell);
    if (!isElement(node) || node.name === null) return;
    if (node.name === 'Terminal' && ++terminals > 1) {
      tell({ what: '<Terminal>', expected: 'one at most', found: 'a second', mend: 'keep one of them' });
    }
    for (const fault of checkElement(source, node, parents)) tell({ what: `<${node.name}>`, ...fault });
  });
  return findings;
}

function checkExpression(code: string, tell: (fault: Fault) => void): void {
  if (code.trim() === '' || /^\s*\/\*[^]*\*\/\s*$/.test(code)) return;
  const value = /^\{\s*(\w+)\s*\}$/.exec(code.trim())?.[1];
  const mend =
    value === undefined
      ? 'write \\{ for a brace of the text, or put it in `code`'
      : `write <Value name="${value}" />; {{${value}}} is for code`;
  tell({ what: 'braces', expected: 'text', found: `JavaScript: ${quoted(`{${code}}`)}`, mend });
}

function checkElement(source: Source, element: Element, parents: readonly Nodes[]): Fault[] {
  const name = element.name ?? '';
  if (FORBIDDEN.has(name)) {
    return [
      { expected: 'no such element in a lesson', found: `<${name}>`, mend: 'write Markdown, or a component' },
    ];
  }
  // Elements of HTML and SVG begin with a small letter.
  if (/^[a-z]/.test(name)) return [];
  if (!isKnown(name)) {
    const meant = nearest(name, NAMES);
    const mend = meant === undefined ? 'docs/writing-lessons.md describes them' : `write <${meant}>`;
    return [{ expected: `one of the components ${NAMES.join(', ')}`, found: `<${name}>`, mend }];
  }
  const around = parents
    .flatMap((node) => (isElement(node) && /^[A-Z]/.test(node.name ?? '') ? [node.name ?? ''] : []))
    .toReversed();
  const wrongPlace = misplaced({ name, around });
  return [
    ...checkProps(element, name),
    ...(wrongPlace === undefined ? [] : [{ ...split(wrongPlace), mend: 'move it there' }]),
    ...checkNames(source, element),
    ...checkInside(element),
  ];
}

/** "<Tab>: expected A, found B" → A and B. */
function split(message: string): { expected: string; found: string } {
  const [expected = '', found = ''] = message.replace(/^.*?expected /, '').split(', found ');
  return { expected, found };
}

function checkProps(element: Element, name: keyof typeof schemas): Fault[] {
  const schema = schemas[name];
  const known = Object.keys(schema.shape);
  const all = known.length === 0 ? 'no property' : `only ${known.join(', ')}`;
  const given = givenProps(element);
  const result = schema.safeParse(given);
  return (result.error?.issues ?? []).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const meant = nearest(key, known);
        return {
          expected: all,
          found: `"${key}"`,
          mend: meant === undefined ? 'take it out' : `write ${meant}`,
        };
      });
    }
    const prop = String(issue.path[0]);
    const value = given[prop];
    const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
    const mend = value === undefined ? `add ${prop}="..."` : `change ${prop}`;
    return [{ what: `<${name}> ${prop}`, expected: issue.message, found, mend }];
  });
}

/** The properties as they are written: `{40}` is 40; an expression that is no plain value stays its source. */
function givenProps({ attributes }: Element): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map((attribute) => {
      if (attribute.type !== 'mdxJsxAttribute') return [`{${attribute.value}}`, true];
      const { name, value } = attribute;
      return [name, typeof value === 'object' && value ? plainValue(value.value) : (value ?? true)];
    }),
  );
}

function plainValue(code: string): unknown {
  try {
    return JSON.parse(code);
  } catch {
    return code;
  }
}

/** What names a task or a value of the frontmatter. */
function checkNames({ tasks, values, terms }: Source, element: Element): Fault[] {
  const { name } = element;
  const known = {
    Task: tasks.filter(({ kind }) => kind === 'exercise').map(({ id }) => id),
    Quiz: tasks.filter(({ kind }) => kind === 'quiz').map(({ id }) => id),
    Value: [...values.keys()],
    Term: terms,
  }[name ?? ''];
  const prop = name === 'Value' ? 'name' : 'id';
  const given = propOf(element, prop);
  if (known === undefined || given === undefined || known.includes(given)) return [];
  const nouns = name === 'Value' ? 'values' : name === 'Quiz' ? 'quizzes (kind: quiz)' : 'exercises';
  if (name === 'Term') {
    const meant = nearest(given, known);
    const mend = meant === undefined ? 'add it to lessons/glossary.yaml' : `write "${meant}"`;
    return [{ what: '<Term> id', expected: 'a term of lessons/glossary.yaml', found: `"${given}"`, mend }];
  }
  const expected =
    known.length === 0
      ? `one of the frontmatter's ${nouns}, of which there is none`
      : `one of ${known.join(', ')}`;
  const meant = nearest(given, known);
  const mend = meant === undefined ? 'add it to the frontmatter' : `write "${meant}"`;
  return [{ what: `<${name}> ${prop}`, expected, found: `"${given}"`, mend }];
}

function checkInside(element: Element): Fault[] {
  const inside = childrenOf(element);
  const types = inside.map(({ type }) => type).join(', ') || 'nothing';
  switch (element.name) {
    case 'Steps': {
      const [list] = inside;
      if (inside.length === 1 && list?.type === 'list' && list.ordered === true) return [];
      const mend = 'begin its lines with "1. ", "2. ", and keep the rest outside';
      return [{ expected: 'one ordered list inside', found: types, mend }];
    }
    case 'Tabs':
      return checkTabs(
        inside.map((tab) => (isElement(tab) && tab.name === 'Tab' ? propOf(tab, 'label') : undefined)),
      );
    case 'Task': {
      const remarks = inside.filter((node) => isElement(node) && node.name === 'Solution').length;
      return remarks <= 1
        ? []
        : [{ expected: 'one <Solution> at most', found: `${remarks}`, mend: 'join them' }];
    }
    case 'Diagram':
    case 'Output': {
      if (inside.length === 1 && inside[0]?.type === 'code') return [];
      const mend =
        element.name === 'Diagram' ? 'write ```dot and the graph' : 'write ```text and what is printed';
      return [{ expected: 'one fence inside', found: types, mend }];
    }
    default:
      return [];
  }
}

function checkTabs(labels: readonly (string | undefined)[]): Fault[] {
  if (labels.includes(undefined) || labels.length < 2) {
    const mend = 'put each variant into a <Tab label="...">';
    return [{ expected: 'two <Tab> or more and nothing else', found: `${labels.length}`, mend }];
  }
  if (new Set(labels).size === labels.length) return [];
  return [
    { expected: 'labels that differ', found: labels.join(', '), mend: 'give each tab a label of its own' },
  ];
}

function quoted(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return `"${line.length > 60 ? `${line.slice(0, 57)}...` : line}"`;
}
