/** Writes a lesson as Markdown that any reader of Markdown shows. Knows nothing about files. */
import type { Nodes } from 'mdast';
import { childrenOf, isElement, propOf, type Element } from '../mdx.ts';
import {
  answersOf,
  CALLOUTS,
  linkOf,
  named,
  optionsOf,
  partsOf,
  solutionOf,
  taskOf,
  type Document,
} from './document.ts';

/** The whole lesson. Hints and solutions are folded away; the answers of quizzes come last. */
export function toMarkdown(document: Document): string {
  const { lesson } = document;
  const text = new Writer(document).blocks(childrenOf(document.root));
  const answers = answersOf(document).map(({ number, title, answers }) =>
    [
      `**${number}. ${title}**`,
      answers.map(({ text, correct, because }) => `- ${correct ? '✔' : '✘'} ${text}: ${because}`).join('\n'),
    ].join('\n\n'),
  );
  const parts = [
    `# ${lesson.title}`,
    `_${lesson.summary}_`,
    `${lesson.durationMinutes} minutes, in the lab "${lesson.lab}".`,
    text,
    ...(answers.length > 0 ? ['## Answers', ...answers] : []),
  ];
  return `${parts.join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

class Writer {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  blocks(nodes: readonly Nodes[]): string {
    return nodes
      .map((node) => this.#block(node))
      .filter((text) => text !== '')
      .join('\n\n');
  }

  #block(node: Nodes): string {
    if (node.type === 'yaml' || node.type === 'mdxjsEsm') return '';
    if (node.type === 'code') return fence(node.lang ?? '', named(node.value));
    return isElement(node) ? this.#element(node) : this.#source(node);
  }

  /** The author's own characters, with what is no Markdown in them replaced, and without the indent of the block. */
  #source(node: Nodes): string {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    let text = '';
    let at = start;
    for (const { from, to, with: replacement } of this.#replacements(node)) {
      text += this.#document.source.slice(at, from) + replacement;
      at = to;
    }
    text += this.#document.source.slice(at, end);
    const indent = (node.position?.start.column ?? 1) - 1;
    return indent === 0 ? text : text.replaceAll(new RegExp(`^ {1,${indent}}`, 'gm'), '');
  }

  #replacements(node: Nodes): { from: number; to: number; with: string }[] {
    return childrenOf(node).flatMap((child) => {
      const from = child.position?.start.offset ?? 0;
      const to = child.position?.end.offset ?? from;
      if (isElement(child)) {
        const indent = ' '.repeat((child.position?.start.column ?? 1) - 1);
        return [{ from, to, with: this.#element(child).replaceAll('\n', `\n${indent}`) }];
      }
      if (child.type === 'link') {
        const { lesson, address } = linkOf(this.#document, child.url);
        if (address === undefined) {
          const words = this.blocks(child.children);
          return [{ from, to, with: lesson === undefined ? words : `${words} (lesson ${lesson})` }];
        }
      }
      if (child.type === 'inlineCode')
        return [{ from, to, with: named(this.#document.source.slice(from, to)) }];
      return this.#replacements(child);
    });
  }

  #element(element: Element): string {
    const inside = (): string => this.blocks(childrenOf(element));
    const prop = (name: string): string => propOf(element, name) ?? '';
    switch (element.name) {
      case 'Callout':
        return quote(`**${prop('title') || CALLOUTS[prop('type') || 'note']}**\n\n${inside()}`);
      case 'Diagram':
        return [`_Diagram: ${prop('alt')}_`, inside(), prop('caption')].join('\n\n');
      case 'Figure': {
        const image = childrenOf(element).some(
          (child) => child.type === 'paragraph' || child.type === 'image',
        );
        return [image ? inside() : `_Picture: ${prop('alt')}_`, prop('caption')].join('\n\n');
      }
      case 'FileTree':
        return [prop('label') && `**${prop('label')}**`, inside()].filter(Boolean).join('\n\n');
      case 'Output':
        return `${prop('label') || 'Output'}:\n\n${inside()}`;
      case 'Tab':
        return `**${prop('label')}**\n\n${inside()}`;
      case 'Value':
        return `\`<${prop('name')}>\``;
      case 'Terminal':
        return '';
      case 'Task':
        return this.#task(element);
      case 'Quiz':
        return this.#quiz(element);
      case 'Term':
        return inside() || prop('id');
      case 'Steps':
      case 'Tabs':
        return inside();
      default:
        return this.#document.source.slice(element.position?.start.offset, element.position?.end.offset);
    }
  }

  #task(element: Element): string {
    const found = taskOf(this.#document, element);
    if (!found) return '';
    const { instructions, hints, remarks } = partsOf(element);
    const several = hints.length > 1;
    return [
      `### Task ${found.number}: ${found.task.title}`,
      this.blocks(instructions),
      ...hints.map((hint, index) =>
        details(several ? `Hint ${index + 1}` : 'Hint', this.blocks(childrenOf(hint))),
      ),
      details(
        'Solution',
        [
          fence('bash', solutionOf(found.task)),
          ...remarks.map((remark) => this.blocks(childrenOf(remark))),
        ].join('\n\n'),
      ),
    ].join('\n\n');
  }

  #quiz(element: Element): string {
    const found = taskOf(this.#document, element);
    if (found?.task.kind !== 'quiz') return '';
    const { quiz } = found.task;
    const options = optionsOf(quiz).map((option) => `- [ ] ${option}`);
    const parts = [
      `### Question ${found.number}: ${found.task.title}`,
      quiz.question.trim(),
      options.join('\n'),
    ];
    return parts.filter((part) => part !== '').join('\n\n');
  }
}

/** Longer than any fence inside. */
function fence(lang: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${lang}\n${code}\n${ticks}`;
}

function details(summary: string, text: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
