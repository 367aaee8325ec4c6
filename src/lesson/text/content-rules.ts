/** Rules of single components: what they have inside, and what their properties name. */
import type { Code, List } from 'mdast';
import type { MdastVisitorContext } from 'satteri';
import { nearest } from '../author-error.ts';
import type { ComponentName, GivenProps } from '../schemas.ts';
import { knownValues } from '../values.ts';
import { frontmatterOf, valuesOf, type Fault } from './fault.ts';
import { componentsIn, givenProps, type ComponentNode } from './nodes.ts';

/** A component whose properties fit its schema. */
export interface Judged {
  readonly node: ComponentNode;
  readonly props: GivenProps;
  readonly context: MdastVisitorContext;
  readonly fault: Fault;
  /** The ids of the glossary. */
  readonly terms: () => readonly string[];
}

/** The rule of a component; undefined where it has none of its own. */
export function ruleOf(name: ComponentName): ((judged: Judged) => void) | undefined {
  return RULES[name];
}

const FORMS = { code: 'a fence', list: 'a list ("- src/")' } as const;

/** The only thing inside, of one of the types. */
export function onlyChild(
  node: ComponentNode,
  types: readonly ('code' | 'list')[],
  fault: Fault,
): Code | List {
  const [content, ...more] = node.children;
  const fits = content?.type === 'code' || content?.type === 'list';
  if (fits && more.length === 0 && types.includes(content.type)) return content;
  const expected = types.map((type) => FORMS[type]).join(' or ');
  return fault(node, `<${node.name}>: expected ${expected} inside and nothing else, found ${inside(node)}`);
}

const RULES: Partial<Record<ComponentName, (judged: Judged) => void>> = {
  Output: ({ node, fault }) => void onlyChild(node, ['code'], fault),
  Quiz: (judged) => checkId(judged, 'quiz'),
  Steps({ node, fault }) {
    const [list, ...more] = node.children;
    if (list?.type === 'list' && list.ordered && more.length === 0) return;
    fault(
      node,
      `<Steps>: expected one ordered list ("1. ...") inside and nothing else, found ${inside(node)}`,
    );
  },
  Tabs: checkTabs,
  Task(judged) {
    checkId(judged, 'exercise');
    const [, second] = componentsIn(judged.node).filter(({ name }) => name === 'Solution');
    if (second) judged.fault(second, '<Solution>: expected one in a <Task>, found another');
  },
  Term: checkTerm,
  Terminal({ node, props, context, fault }) {
    const frontmatter = frontmatterOf(context);
    if (frontmatter.terminal) fault(node, '<Terminal>: expected one in a lesson, found another');
    // The page around the text wants them before the text is shown.
    frontmatter.terminal = props;
  },
  Value({ node, props, context, fault }) {
    const name = String(props.name);
    const known = valuesOf(context);
    if (known.includes(name)) return;
    fault(node, `<Value>: name: expected ${knownValues(name, known)}, found "${name}"`);
  },
};

function checkTerm({ node, props, context, fault, terms }: Judged): void {
  const known = terms();
  const id = String(props.id);
  if (!known.includes(id)) {
    const meant = nearest(id, known);
    const advice = meant === undefined ? '' : `; did you mean "${meant}"?`;
    fault(node, `<Term>: id: expected a term of lessons/glossary.yaml, found "${id}"${advice}`);
  }
  const around = context.parent(node)?.type;
  if (around === 'heading' || around === 'link')
    fault(node, `<Term>: expected it in plain text, found it in a ${around}`);
}

/** The labels of the group "os", which the page knows its reader's system by. */
const SYSTEMS = ['Linux', 'macOS', 'Windows'];

function checkTabs({ node, props, fault }: Judged): void {
  const tabs = (node.children as ComponentNode[]).filter(({ name }) => name === 'Tab');
  if (tabs.length < 2) fault(node, `<Tabs>: expected two <Tab>s or more, found ${inside(node)}`);
  const seen = new Set<unknown>();
  for (const tab of tabs) {
    const { label } = givenProps(tab);
    if (seen.has(label))
      fault(tab, `<Tab>: label: expected labels that differ, found "${String(label)}" again`);
    seen.add(label);
    if (props.group === 'os' && typeof label === 'string' && !SYSTEMS.includes(label)) {
      fault(tab, `<Tab>: label: expected ${SYSTEMS.join(', ')} in the group "os", found "${label}"`);
    }
  }
}

const ELEMENTS = { exercise: 'Task', quiz: 'Quiz' } as const;

/** The frontmatter may not fit its schema: that is told elsewhere. */
function checkId({ node, props, context, fault }: Judged, kind: 'exercise' | 'quiz'): void {
  const { tasks } = frontmatterOf(context);
  if (!Array.isArray(tasks)) return;
  const known = (tasks as { id?: unknown; kind?: unknown }[]).map((task) => ({
    id: String(task.id),
    kind: task.kind === 'quiz' ? ('quiz' as const) : ('exercise' as const),
  }));
  const id = String(props.id);
  const task = known.find((other) => other.id === id);
  if (task?.kind === kind) return;
  if (task) {
    const says = task.kind === 'quiz' ? 'which says "kind: quiz"' : 'which says no "kind: quiz"';
    return fault(
      node,
      `expected <${ELEMENTS[task.kind]} id="${id}"> as in the frontmatter, ${says}, found <${node.name}>`,
    );
  }
  const ids = known.filter((other) => other.kind === kind).map((other) => other.id);
  const meant = nearest(id, ids);
  const advice = meant === undefined ? '' : `; did you mean "${meant}"?`;
  fault(
    node,
    `<${node.name}>: id: expected a task of the frontmatter (${ids.join(', ') || 'there is none of this kind'}), found "${id}"${advice}`,
  );
}

/** What stands inside a node, in words. */
function inside({ children }: ComponentNode): string {
  const words = children.map((child) =>
    'name' in child && child.name ? `<${child.name}>` : (NODES[child.type] ?? child.type),
  );
  return words.join(', ') || 'nothing';
}

const NODES: Record<string, string> = {
  code: 'a fence',
  list: 'a list',
  paragraph: 'a paragraph',
  heading: 'a heading',
};
