/**
 * Inline Markdown of a quiz or a file tree as HTML: code, emphasis, links. Everything else is text, so that nothing an
 * author writes there becomes a tag by accident.
 */
import type { PhrasingContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { quote } from './author-error.ts';

const parser = unified().use(remarkParse);

/** HTML of one paragraph, without the `<p>`. Throws where the text is more than that, such as a list. */
export function inlineHtml(markdown: string): string {
  const [block, ...more] = parser.parse(markdown.trim()).children;
  if (!block) return '';
  if (block.type !== 'paragraph' || more.length > 0) {
    throw new Error(`expected one paragraph of text, code, emphasis and links, found ${quote(markdown)}`);
  }
  return block.children.map(htmlOf).join('');
}

/** Text made safe to stand in HTML, also inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function htmlOf(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value);
    case 'inlineCode':
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'emphasis':
      return `<em>${node.children.map(htmlOf).join('')}</em>`;
    case 'strong':
      return `<strong>${node.children.map(htmlOf).join('')}</strong>`;
    case 'break':
      return '<br>';
    case 'link':
      if (!/^(?:https?:|[./#])/.test(node.url)) {
        throw new Error(`expected a link to a page of the web or of this site, found "${node.url}"`);
      }
      return `<a href="${escapeHtml(node.url)}">${node.children.map(htmlOf).join('')}</a>`;
    case 'html':
      // Not a tag: "<name>" in a question is meant as it is written.
      return escapeHtml(node.value);
    default:
      throw new Error(`expected text, code, emphasis and links, found Markdown of the kind "${node.type}"`);
  }
}
