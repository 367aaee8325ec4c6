/** Makes places for values in inline code, as `{{web_port}}` there. Unknown names stay as they are written. */
import type { ElementContent } from 'hast';
import type { HastPluginDefinition } from 'satteri';
import { piecesOf, valueAttributes, type Piece } from '../values.ts';
import { valuesOf } from './fault.ts';

/** See the module's comment. */
export const inlineValues: HastPluginDefinition = {
  name: 'drydock:inline-values',
  element: {
    filter: ['code'],
    visit(node, context) {
      const parent = context.parent(node);
      if (parent && 'tagName' in parent && parent.tagName === 'pre') return;
      const known = valuesOf(context);
      const pieces = piecesOf(context.textContent(node)).map((piece): Piece =>
        'text' in piece || known.includes(piece.value) ? piece : { text: `{{${piece.value}}}` },
      );
      if (pieces.some((piece) => 'value' in piece)) context.setProperty(node, 'children', pieces.map(toNode));
    },
  },
};

function toNode(piece: Piece): ElementContent {
  if ('text' in piece) return { type: 'text', value: piece.text };
  const { value } = piece;
  const properties = valueAttributes(value);
  return { type: 'element', tagName: 'span', properties, children: [{ type: 'text', value }] };
}
