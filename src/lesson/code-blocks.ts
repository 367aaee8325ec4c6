/**
 * Turns a highlighted fence into a frame with a file name and a copy button, and marks the prompts of a ```console
 * fence so that they are neither copied nor selected. Works on Shiki's tree; knows nothing about pages.
 */
import type { ShikiTransformer } from 'shiki';

/** What may stand before a command: `$ `, `# `, `(env) $ `, `student@python:~$ `, `>>> `, `... `, `PS C:\> `. */
const PROMPT = /^(?:\([\w.-]+\) ?)?(?:[\w-]+@[\w-]+:\S*)?(?:\$|#|>>>|\.\.\.|>|PS [A-Z]:\\\S*>|[A-Z]:\\\S*>) /;

/** Languages that are a dialogue with a shell, where output and prompts stand beside what is typed. */
const DIALOGUES = new Set(['console', 'shellsession', 'shell-session']);

/** Languages of fences without one: what they show is output. */
const PLAIN = new Set(['plaintext', 'text', 'txt']);

/** The prompt at the start of a line of a dialogue, with its blank; undefined where the line is output. */
export function promptOf(line: string): string | undefined {
  return PROMPT.exec(line)?.[0];
}

/** `title="app.py"` in a fence's meta string → `app.py`. */
export function titleOf(meta: string | undefined): string | undefined {
  return /(?:^|\s)title="([^"]*)"/.exec(meta ?? '')?.[1];
}

type Root = Parameters<NonNullable<ShikiTransformer['root']>>[0];
type Element = Parameters<NonNullable<ShikiTransformer['pre']>>[0];

/** A dialogue is not a program: its lines are rebuilt as prompt and command, or as output, without other colours. */
const dialogue: ShikiTransformer = {
  name: 'drydock:dialogue',
  line(node) {
    if (!DIALOGUES.has(this.options.lang)) return;
    const text = textOf(node);
    const prompt = promptOf(text);
    if (prompt === undefined) {
      node.properties.class = 'line output-line';
      node.children = [{ type: 'text', value: text }];
      return;
    }
    node.properties.class = 'line command-line';
    node.children = [
      element('span', { class: 'prompt' }, [{ type: 'text', value: prompt }]),
      element('span', { class: 'command' }, [{ type: 'text', value: text.slice(prompt.length) }]),
    ];
  },
};

const frame: ShikiTransformer = {
  name: 'drydock:frame',
  root(root) {
    const title = titleOf(this.options.meta?.__raw);
    const pre = root.children.find((child): child is Element => child.type === 'element');
    if (!pre) return;
    delete pre.properties.style;
    const children: Root['children'] = [];
    if (title !== undefined) {
      children.push(element('figcaption', { class: 'code-title' }, [{ type: 'text', value: title }]));
    }
    children.push(pre);
    if (title !== undefined || isTyped(this.options.lang, this.source)) children.push(copyButton(title));
    root.children = [element('figure', { class: 'code' }, children as Element['children'])];
  },
};

/** The Shiki transformers of every fence, in order. */
export const codeBlocks: ShikiTransformer[] = [dialogue, frame];

/** Whether there is something that a reader would type or save, rather than output alone. */
function isTyped(lang: string, source: string): boolean {
  if (DIALOGUES.has(lang)) return source.split('\n').some((line) => promptOf(line) !== undefined);
  return !PLAIN.has(lang);
}

function copyButton(title: string | undefined): Element {
  const label = title === undefined ? 'Copy' : `Copy ${title}`;
  return element('button', { type: 'button', class: 'copy', 'data-copy': '', 'aria-label': label }, [
    { type: 'text', value: 'Copy' },
  ]);
}

function element(tagName: string, properties: Element['properties'], children: Element['children']): Element {
  return { type: 'element', tagName, properties, children };
}

function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}
