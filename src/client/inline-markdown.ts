/** Inline Markdown of the server's short texts, as nodes: code, emphasis, links. Everything else stays plain text. */

/** A part of a text. */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'em' | 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** In this order: code first, since nothing within it has a meaning. */
const MARKS =
  /`([^`]+)`|\*\*(\S(?:[^*]*\S)?)\*\*|\*(\S(?:[^*]*\S)?)\*|(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)|\[([^\]]+)\]\(((?:https?:\/\/|\.{0,2}\/|#)[^\s)]*)\)/g;

/** Takes the text apart. Pure; links lead to the web or within this site only. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, code, strong, star, underscore, label, href] = match;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (label !== undefined && href !== undefined) parts.push({ kind: 'link', text: label, href });
    else if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'em', text: star ?? underscore ?? '' });
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** The text as nodes; never as markup, whatever it contains. */
export function inlineNodes(text: string): (Node | string)[] {
  return parseInline(text).map((part) => {
    if (part.kind === 'text') return part.text;
    const element = document.createElement(part.kind === 'link' ? 'a' : part.kind);
    element.textContent = part.text;
    if (part.kind === 'link') {
      element.setAttribute('href', part.href);
      if (part.href.startsWith('http')) element.setAttribute('rel', 'noopener');
    }
    return element;
  });
}
