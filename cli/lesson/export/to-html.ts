/** Writes a lesson as one page of HTML that needs nothing else, made to be printed. Knows nothing about files but pictures. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Nodes, Table } from 'mdast';
import { drawDot } from '../../../src/lesson/dot.ts';
import { inlineHtml } from '../../../src/lesson/inline-markdown.ts';
import { childrenOf, propOf, type Element } from '../mdx.ts';
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
import { PAGE_STYLE } from './page-style.ts';

/** The page. Tasks have a box to tick; solutions and the answers of quizzes stand at the end. */
export async function toHtml(document: Document): Promise<string> {
  const { lesson } = document;
  const writer = new PageWriter(document);
  const body = await writer.all(childrenOf(document.root));
  const solutions = lesson.tasks
    .map((task, index) => ({ task, number: index + 1 }))
    .filter(({ task }) => task.kind === 'exercise')
    .map(({ task, number }) => {
      const remark = writer.remarks.get(task.id) ?? '';
      return `<h3>Task ${number}: ${escape(task.title)}</h3>${pre(solutionOf(task))}${remark}`;
    });
  const answers = answersOf(document).map(({ number, title, answers }) => {
    const items = answers.map(
      ({ text, correct, because }) =>
        `<li>${correct ? '✔' : '✘'} ${inlineHtml(text)}: ${inlineHtml(because)}</li>`,
    );
    return `<h3>Question ${number}: ${escape(title)}</h3><ul class="answers">${items.join('')}</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(lesson.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>${escape(lesson.title)}</h1>
<p class="summary">${escape(lesson.summary)}</p>
<p class="facts">${lesson.durationMinutes} minutes, in the lab “${escape(lesson.lab)}”</p>
${body}
${solutions.length > 0 ? `<section class="end"><h2>Solutions</h2>${solutions.join('')}</section>` : ''}
${answers.length > 0 ? `<section class="end"><h2>Answers</h2>${answers.join('')}</section>` : ''}
</body>
</html>
`;
}

class PageWriter {
  /** Remarks on solutions, by the task's id; filled as the text is written. */
  readonly remarks = new Map<string, string>();
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  async all(nodes: readonly Nodes[]): Promise<string> {
    let text = '';
    for (const node of nodes) text += await this.#node(node);
    return text;
  }

  async #node(node: Nodes): Promise<string> {
    const inside = (): Promise<string> => this.all(childrenOf(node));
    switch (node.type) {
      case 'text':
        return escape(node.value);
      case 'inlineCode':
        return `<code>${escape(named(node.value))}</code>`;
      case 'code':
        return pre(named(node.value));
      case 'paragraph':
        return `<p>${await inside()}</p>\n`;
      case 'heading':
        return `<h${node.depth}>${await inside()}</h${node.depth}>\n`;
      case 'emphasis':
        return `<em>${await inside()}</em>`;
      case 'strong':
        return `<strong>${await inside()}</strong>`;
      case 'delete':
        return `<del>${await inside()}</del>`;
      case 'break':
        return '<br>';
      case 'thematicBreak':
        return '<hr>\n';
      case 'blockquote':
        return `<blockquote>${await inside()}</blockquote>\n`;
      case 'list':
        return node.ordered
          ? `<ol start="${node.start ?? 1}">${await inside()}</ol>\n`
          : `<ul>${await inside()}</ul>\n`;
      case 'listItem':
        return `<li>${await inside()}</li>`;
      case 'table':
        return this.#table(node);
      case 'link':
        return this.#link(node.url, await inside());
      case 'image':
        return `<img alt="${escape(node.alt ?? '')}" src="${this.#picture(node.url)}">`;
      case 'mdxJsxFlowElement':
      case 'mdxJsxTextElement':
        return this.#element(node);
      default:
        return '';
    }
  }

  #link(url: string, words: string): string {
    const { lesson, address } = linkOf(this.#document, url);
    if (address !== undefined) return `<a href="${escape(address)}">${words}</a>`;
    return lesson === undefined ? words : `${words} <span class="lesson">(lesson ${escape(lesson)})</span>`;
  }

  /** The file itself, so that the page needs no other. */
  #picture(url: string): string {
    const file = path.join(this.#document.lesson.folder, url);
    if (!existsSync(file)) return escape(url);
    const kind = { '.svg': 'svg+xml', '.jpg': 'jpeg' }[path.extname(file)] ?? path.extname(file).slice(1);
    return `data:image/${kind};base64,${readFileSync(file).toString('base64')}`;
  }

  async #table(table: Table): Promise<string> {
    let rows = '';
    for (const [index, row] of table.children.entries()) {
      const tag = index === 0 ? 'th' : 'td';
      let cells = '';
      for (const cell of row.children) cells += `<${tag}>${await this.all(cell.children)}</${tag}>`;
      rows += `<tr>${cells}</tr>`;
    }
    return `<table>${rows}</table>\n`;
  }

  async #element(element: Element): Promise<string> {
    const inside = (): Promise<string> => this.all(childrenOf(element));
    const prop = (name: string): string => escape(propOf(element, name) ?? '');
    switch (element.name) {
      case 'Callout': {
        const title = prop('title') || CALLOUTS[prop('type') || 'note'];
        return `<aside><p><strong>${title}</strong></p>${await inside()}</aside>\n`;
      }
      case 'Diagram': {
        const dot = childrenOf(element).find((child) => child.type === 'code');
        return figure(dot?.type === 'code' ? await drawDot(dot.value) : '', prop('alt'), prop('caption'));
      }
      case 'Figure':
        return figure(await inside(), prop('alt'), prop('caption'));
      case 'FileTree':
        return `${prop('label') && `<p><strong>${prop('label')}</strong></p>`}${await inside()}`;
      case 'Output':
        return `<p class="label">${prop('label') || 'Output'}</p>${await inside()}`;
      case 'Tab':
        return `<p class="label">${prop('label')}</p>${await inside()}`;
      case 'Value':
        return `<code>&lt;${prop('name')}&gt;</code>`;
      case 'Terminal':
        return '';
      case 'Task':
      case 'Quiz':
        return this.#task(element);
      case 'Term':
        return (await inside()) || prop('id');
      case 'Steps':
      case 'Tabs':
        return inside();
      default:
        return this.#document.source.slice(element.position?.start.offset, element.position?.end.offset);
    }
  }

  async #task(element: Element): Promise<string> {
    const found = taskOf(this.#document, element);
    if (!found) return '';
    const { task, number } = found;
    const title = `<h3><span class="box"></span>${task.kind === 'quiz' ? 'Question' : 'Task'} ${number}: ${escape(task.title)}</h3>`;
    if (task.kind === 'quiz') {
      const options = optionsOf(task.quiz).map(
        (option) => `<li><span class="box"></span>${inlineHtml(option)}</li>`,
      );
      const list =
        options.length > 0 ? `<ul class="answers">${options.join('')}</ul>` : '<p class="line"></p>';
      return `<section class="task">${title}<p>${inlineHtml(task.quiz.question)}</p>${list}</section>\n`;
    }
    const { instructions, remarks } = partsOf(element);
    for (const remark of remarks) this.remarks.set(task.id, await this.all(childrenOf(remark)));
    return `<section class="task">${title}${await this.all(instructions)}</section>\n`;
  }
}

function figure(picture: string, alt: string, caption: string): string {
  return `<figure><div role="img" aria-label="${alt}">${picture}</div><figcaption>${caption}</figcaption></figure>\n`;
}

function pre(code: string): string {
  return `<pre><code>${escape(code)}</code></pre>\n`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
