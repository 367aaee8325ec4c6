/**
 * Turns a highlighted fence into a frame with a file name and buttons, marks the prompts of a ```console fence so that
 * they are neither copied nor selected, and makes places for values. Works on Shiki's tree; knows nothing about pages.
 */
import type { ShikiTransformer } from 'shiki';
import { VALUE_REFERENCE } from '../../protocol/lesson.ts';
import { commandsOf, DIALOGUES, promptIn, readFence, type Fence } from './fence.ts';
import { valueAttributes } from './values.ts';

/** Languages of fences without one: what they show is output. */
const PLAIN = new Set(['plaintext', 'text', 'txt']);

/** Stands for a value while the code is coloured: a character that no grammar cuts in two, and no author uses. */
const STAND_IN = '\u{10fffd}';

type Root = Parameters<NonNullable<ShikiTransformer['root']>>[0];
type Element = Parameters<NonNullable<ShikiTransformer['pre']>>[0];
type Child = Element['children'][number];

/** A dialogue is not a program: its lines are rebuilt as prompt and command, or as output, without other colours. */
const dialogue: ShikiTransformer = {
  name: 'drydock:dialogue',
  line(node) {
    if (!DIALOGUES.has(this.options.lang)) return;
    const text = textOf(node);
    const prompt = promptIn(this.source, text);
    if (prompt === undefined) {
      node.properties.class = `line output-line ${folding(text)}`.trim();
      node.children = [words(text)];
      return;
    }
    node.properties.class = 'line command-line folds';
    node.children = [
      element('span', { class: 'prompt' }, [words(prompt)]),
      element('span', { class: 'command' }, [words(text.slice(prompt.length))]),
    ];
  },
};

/** A message in a fence of its own reads as one in a dialogue. */
const plain: ShikiTransformer = {
  name: 'drydock:plain',
  line(node) {
    if (PLAIN.has(this.options.lang)) node.properties.class = `line ${folding(textOf(node))}`.trim();
  },
};

/** What one transformer leaves for the next: the code as the author wrote it. */
interface Notes {
  written?: string;
}

/** Values are taken out before the code is coloured, and put back in their order as places for the page to fill. */
const values: ShikiTransformer = {
  name: 'drydock:values',
  preprocess(code, options) {
    (this.meta as Notes).written = code;
    if (readFence(options.lang, options.meta?.__raw).verbatim) return undefined;
    return code.replaceAll(VALUE_REFERENCE, STAND_IN);
  },
  code(node) {
    const { written = '' } = this.meta as Notes;
    if (!this.source.includes(STAND_IN)) return;
    fill(
      node,
      [...written.matchAll(VALUE_REFERENCE)].map((match) => match[1] ?? ''),
    );
  },
};

const frame: ShikiTransformer = {
  name: 'drydock:frame',
  root(root) {
    const { lang, meta } = this.options;
    const fence = readFence(lang, meta?.__raw);
    const pre = root.children.find((child): child is Element => child.type === 'element');
    if (!pre) return;
    delete pre.properties.style;
    if (foldsThroughout(pre)) {
      // Nothing to scroll: no stop for the keyboard, and no scroller that the browser would keep for each frame.
      delete pre.properties.tabindex;
      pre.properties.class = `${String(pre.properties.class)} folding`;
    }
    const { title } = fence;
    const { written = this.source } = this.meta as Notes;
    const children: Child[] = [pre];
    if (title !== undefined) children.unshift(element('figcaption', { class: 'code-title' }, [words(title)]));
    children.push(...buttons(fence, title !== undefined || isTyped(lang, written)));
    const run = fence.run ? { 'data-run': commandsOf(lang, written) } : {};
    root.children = [element('figure', { class: 'code', ...run }, children)] as Root['children'];
  },
};

/** The Shiki transformers of every fence, in order. */
export const codeBlocks: ShikiTransformer[] = [dialogue, plain, values, frame];

/** The class of a line that goes on below itself where it is too long. Columns would fall apart, so they are scrolled. */
function folding(line: string): string {
  return /\S {2,}\S/.test(line) ? '' : 'folds';
}

/** Whether no line can be wider than the frame. */
function foldsThroughout(node: Element): boolean {
  const isLine = /^line\b/.test(String(node.properties.class ?? ''));
  if (isLine) return /\bfolds$/.test(String(node.properties.class));
  return node.children.every((child) => child.type !== 'element' || foldsThroughout(child));
}

/** Whether there is something that a reader would type or save, rather than output alone. */
function isTyped(lang: string, source: string): boolean {
  return DIALOGUES.has(lang) ? commandsOf(lang, source) !== '' : !PLAIN.has(lang);
}

function buttons({ run, title }: Fence, copies: boolean): Child[] {
  const label = title === undefined ? 'Copy' : `Copy ${title}`;
  const copy = element('button', { type: 'button', class: 'copy', 'data-copy': '', 'aria-label': label }, [
    words('Copy'),
  ]);
  if (!run) return copies ? [copy] : [];
  const start = element('button', { type: 'button', class: 'copy run', 'data-run-button': '' }, [
    words('Run in terminal'),
  ]);
  return [element('div', { class: 'run-bar' }, [start, copy])];
}

/** Replaces each stand-in below `node` by a place for the next of the names. */
function fill(node: Element, names: string[]): void {
  node.children = node.children.flatMap((child): Child[] => {
    if (child.type === 'element') fill(child, names);
    if (child.type !== 'text') return [child];
    return child.value.split(STAND_IN).flatMap((text, index): Child[] => {
      const plain = text === '' ? [] : [words(text)];
      return index === 0 ? plain : [value(names.shift() ?? ''), ...plain];
    });
  });
}

function value(name: string): Element {
  return element('span', valueAttributes(name), [words(name)]);
}

function words(text: string): Child {
  return { type: 'text', value: text };
}

function element(tagName: string, properties: Element['properties'], children: Child[]): Element {
  return { type: 'element', tagName, properties, children };
}

function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}
