/** Rules for what is no component: fences, values in them, and JavaScript, of which a lesson has none. */
import type { Code } from 'mdast';
import type { MdastPluginDefinition } from 'satteri';
import { quote } from '../author-error.ts';
import { commandsOf, readFence } from '../fence.ts';
import { unknownValue } from '../values.ts';
import { faultIn, valuesOf, type Fault, type NameOf, type Positioned } from './fault.ts';

/** See the module's comment. */
export function wordRules(nameOf: NameOf): MdastPluginDefinition {
  return {
    name: 'drydock:words',
    options: { position: true },
    code: (node, context) => checkFence(node, valuesOf(context), faultIn(context, nameOf)),
    mdxFlowExpression: (node, context) => checkExpression(node, faultIn(context, nameOf)),
    mdxTextExpression: (node, context) => checkExpression(node, faultIn(context, nameOf)),
    mdxjsEsm: (node, context) =>
      faultIn(context, nameOf)(node, `expected text, found ${quote(node.value)}: a lesson imports nothing`),
  };
}

function checkFence(node: Readonly<Code>, known: readonly string[], fault: Fault): void {
  const lang = node.lang ?? '';
  const fence = readFence(lang, node.meta, (message) => fault(node, message));
  if (fence.run && commandsOf(lang, node.value) === '') {
    fault(
      node,
      'run: expected a command in the fence (in a `console` fence behind a prompt "$ "), found none',
    );
  }
  if (fence.verbatim) return;
  for (const [index, line] of node.value.split('\n').entries()) {
    const unknown = unknownValue(line, known);
    if (unknown === undefined) continue;
    fault(
      node,
      `${unknown}. Where the braces stand for themselves, write \`verbatim\` behind the language`,
      index + 1,
    );
  }
}

function checkExpression(node: Readonly<{ value: string }> & Positioned, fault: Fault): void {
  const code = node.value.trim();
  if (code === '' || /^\/\*[\s\S]*\*\/$/.test(code)) return;
  const value = /^\{\s*(\w+)\s*\}$/.exec(code)?.[1];
  const advice =
    value === undefined
      ? 'A "{" of the text is written \\{ or stands in `code`'
      : `A value of the learner is <Value name="${value}" />`;
  fault(node, `expected text, found JavaScript: ${quote(`{${node.value}}`)}. ${advice}`);
}
