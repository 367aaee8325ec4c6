/** Rules for components: which there are, their properties, where they stand. Makes ready what is drawn in the build. */
import type { Code, List } from 'mdast';
import type { MdastNode, MdastPluginDefinition, MdastVisitorContext } from 'satteri';
import { DotFault, drawForEveryWidth } from '../dot.ts';
import { linesOf, treeOf, TreeFault, type TreeEntry, type TreeLine } from '../file-tree.ts';
import { inlineHtml } from '../inline-markdown.ts';
import { mistakeIn } from '../props.ts';
import { onlyChild, ruleOf } from './content-rules.ts';
import { faultIn, type Fault, type NameOf } from './fault.ts';
import { givenProps, isComponent, namesAround, type ComponentNode } from './nodes.ts';
import { isKnown, misplaced, unknownComponent } from './standing.ts';

/** See the module's comment. */
export function componentRules(nameOf: NameOf, terms: () => readonly string[]): MdastPluginDefinition {
  const visit = (node: Readonly<MdastNode>, context: MdastVisitorContext) =>
    isComponent(node) ? checkComponent(node, context, { fault: faultIn(context, nameOf), terms }) : undefined;
  return {
    name: 'drydock:components',
    options: { position: true },
    mdxJsxFlowElement: visit,
    mdxJsxTextElement: visit,
  };
}

/** A component whose inside is data, as `Diagram`, is replaced by one that carries it ready-made. */
async function checkComponent(
  node: ComponentNode,
  context: MdastVisitorContext,
  { fault, terms }: { readonly fault: Fault; readonly terms: () => readonly string[] },
): Promise<MdastNode | undefined> {
  const name = node.name ?? '';
  if (!isKnown(name)) return fault(node, unknownComponent(name));
  const props = givenProps(node);
  const wrong = misplaced({ name, around: namesAround(node, context) }) ?? mistakeIn(name, props);
  if (wrong !== undefined) fault(node, wrong);
  ruleOf(name)?.({ node, props, context, fault, terms });
  if (name === 'Diagram') return withData(node, '_svg', await drawing(node, fault));
  if (name === 'FileTree') return withData(node, '_tree', tree(node, context, fault));
  return undefined;
}

async function drawing(node: ComponentNode, fault: Fault): Promise<string> {
  const dot = onlyChild(node, ['code'], fault) as Code;
  try {
    return await drawForEveryWidth(dot.value);
  } catch (error) {
    // The fence's first line is its opening marks.
    if (error instanceof DotFault) return fault(dot, `<Diagram>: ${error.message}`, error.line ?? 0);
    throw error;
  }
}

function tree(node: ComponentNode, context: MdastVisitorContext, fault: Fault): string {
  const list = onlyChild(node, ['code', 'list'], fault);
  try {
    const lines = list.type === 'code' ? linesOf(list.value) : listLines(list, context);
    return JSON.stringify(withHtml(treeOf(lines)));
  } catch (error) {
    const line = error instanceof TreeFault && list.type === 'code' ? error.line : 0;
    return fault(list, `<FileTree>: ${error instanceof Error ? error.message : String(error)}`, line);
  }
}

/** The remarks as HTML. */
function withHtml(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries.map(({ remark, children, ...entry }) => ({
    ...entry,
    children: withHtml(children),
    ...(remark === undefined ? {} : { remark: inlineHtml(remark) }),
  }));
}

/** The entries of a Markdown list in the author's own characters, backticks included. */
function listLines(list: Readonly<List>, { source }: MdastVisitorContext, depth = 0): TreeLine[] {
  return list.children.flatMap((item) =>
    item.children.flatMap((block): TreeLine[] => {
      if (block.type === 'list') return listLines(block, { source } as MdastVisitorContext, depth + 1);
      const { start, end } = block.position ?? {};
      return [{ depth, text: source.slice(start?.offset, end?.offset), line: start?.line ?? 1 }];
    }),
  );
}

function withData(node: ComponentNode, name: string, value: string): MdastNode {
  const attribute = { type: 'mdxJsxAttribute' as const, name, value };
  return { ...node, children: [], attributes: [...node.attributes, attribute] };
}
