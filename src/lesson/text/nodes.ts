/** Looks at components in a lesson's Markdown tree. Knows none in particular. */
import type { Parents } from 'mdast';
import type { MdastNode, MdastVisitorContext, MdxJsxFlowElement } from 'satteri';
import type { GivenProps } from '../schemas.ts';

/** A component, be it in a line of text or by itself. */
export type ComponentNode = Readonly<MdxJsxFlowElement>;

/** Whether the node is a component, rather than a tag of HTML or other text. */
export function isComponent(node: Readonly<MdastNode> | Readonly<Parents>): node is ComponentNode {
  const { type, name } = node as { type: string; name?: string | null };
  return (type === 'mdxJsxFlowElement' || type === 'mdxJsxTextElement') && /^[A-Z]/.test(name ?? '');
}

/** Names of the components around a node, the nearest first. */
export function namesAround(node: ComponentNode, context: MdastVisitorContext): string[] {
  const names: string[] = [];
  let parent: Readonly<Parents> | undefined = context.parent(node);
  while (parent && parent.type !== 'root') {
    if (isComponent(parent)) names.push(parent.name ?? '');
    parent = context.parent(parent);
  }
  return names;
}

/** The components among the descendants of a node, in the order of the text. */
export function componentsIn(node: ComponentNode): ComponentNode[] {
  return (node.children as MdastNode[]).flatMap((child) => {
    if (!('children' in child)) return [];
    const deeper = componentsIn(child as ComponentNode);
    return isComponent(child) ? [child, ...deeper] : deeper;
  });
}

/** The properties as they are written: `{40}` is 40; an expression that is no plain value stays its source. */
export function givenProps({ attributes }: ComponentNode): GivenProps {
  return Object.fromEntries(
    attributes.map((attribute) => {
      if (attribute.type !== 'mdxJsxAttribute') return [attribute.value, true];
      const { name, value } = attribute;
      return [name, typeof value === 'object' && value ? plainValue(value.value) : (value ?? true)];
    }),
  );
}

function plainValue(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return source;
  }
}
