/**
 * What each lesson of this curriculum promises: what one will be able to do, 10 to 25 minutes, three to seven exercises and
 * two or more quizzes, something to find out or to repair, a picture, mistakes with their messages, and a summary that leads on.
 * These are habits of our courses, not rules for every author, so the linter does not know them.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { toString } from 'mdast-util-to-string';
import type { RootContent } from 'mdast';
import { childrenOf, isElement, walk } from '../../cli/lesson/mdx.ts';
import { readSource, type Source } from '../../cli/lesson/lint/source.ts';
import { loadCatalog } from '../../server/lessons/catalog.ts';
import { glossaryTerms } from '../../server/lessons/glossary.ts';

const root = path.join(import.meta.dirname, '../..');
const folders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };
const { lessons } = loadCatalog(folders);

/** Words of a program that did not do what was asked. */
const COMPLAINT =
  /error|not found|no such|cannot|can't|could not|denied|refused|invalid|exception|unable|required?s? |is already|in use|bad address|read-only|is disabled|there is a machine/i;
const FIND_OR_REPAIR = /\b(find|repair|mend)\b/i;

const withIds = lessons.map((lesson, index) => {
  const source = readSource(lesson, glossaryTerms(folders.lessons));
  assert.ok(source?.root, `expected a text in ${lesson.folder}`);
  const titles = lesson.tasks.filter(({ kind }) => kind === 'exercise').map(({ title }) => title);
  return { id: lesson.id, source, nodes: source.root.children, titles, next: lessons[index + 1]?.id };
});

describe('each lesson', () => {
  for (const { id, source, nodes, titles, next } of withIds) {
    test(`${id} has its size`, () => {
      const { duration = 0 } = source;
      assert.ok(duration >= 10 && duration <= 25, `expected 10 to 25 minutes, found ${duration}`);
      const exercises = source.tasks.filter(({ kind }) => kind === 'exercise').length;
      assert.ok(exercises >= 3 && exercises <= 7, `expected 3 to 7 exercises, found ${exercises}`);
      const quizzes = source.tasks.length - exercises;
      assert.ok(quizzes >= 2, `expected 2 or more quizzes, found ${quizzes}`);
    });

    test(`${id} says at its top what one will be able to do`, () => {
      const first = nodes.find(({ type }) => type !== 'yaml');
      assert.equal(first?.type, 'paragraph');
      assert.match(toString(first), /^After this lesson you /);
    });

    test(`${id} asks to find something out or to repair something`, () => {
      const asked = [...titles, ...elements(source, 'Task').map((task) => instructionsOf(task))];
      assert.ok(
        asked.some((text) => FIND_OR_REPAIR.test(text)),
        `expected a task that matches ${FIND_OR_REPAIR}`,
      );
    });

    test(`${id} has a picture`, () => {
      const pictures = [...elements(source, 'Figure'), ...elements(source, 'Diagram')];
      assert.ok(pictures.length > 0, 'expected a <Figure> or a <Diagram>, found none');
    });

    test(`${id} shows common mistakes with their messages`, () => {
      const section = sectionOf(nodes, 'Common mistakes');
      const mistakes = section.filter((node) => isMistake(node));
      assert.ok(mistakes.length >= 2, `expected 2 or more mistakes, found ${mistakes.length}`);
      const messages = section.filter((node) => node.type === 'code' && COMPLAINT.test(outputOf(node.value)));
      assert.ok(messages.length > 0, 'expected a fence with what a program says, found none');
    });

    test(`${id} ends with a summary that leads on`, () => {
      const section = sectionOf(nodes, 'In short');
      assert.ok(
        section.some(({ type }) => type === 'list'),
        'expected a list of what was learnt',
      );
      assert.equal(
        nodes.findLast(({ type }) => type === 'heading'),
        headingOf(nodes, 'In short'),
      );
      const links = section.flatMap((node) => linksOf(node));
      assert.ok(
        links.some((url) => url.startsWith('https://')),
        'expected something to read on, found none',
      );
      if (next === undefined) return;
      const there = links.map((url) => new URL(url, `http://site/lessons/${id}/`).pathname);
      assert.ok(there.includes(`/lessons/${next}/`), `expected a link to ${next}, found ${links.join(' ')}`);
    });
  }
});

function elements(source: Source, name: string): RootContent[] {
  const found: RootContent[] = [];
  if (source.root) walk(source.root, (node) => isElement(node) && node.name === name && found.push(node));
  return found;
}

/** What a task asks for, without its hints and its solution. */
function instructionsOf(task: RootContent): string {
  const asked = childrenOf(task).filter(
    (node) => !isElement(node) || !/^(Hint|Solution)$/.test(node.name ?? ''),
  );
  return asked.map((node) => toString(node)).join('\n');
}

function headingOf(nodes: readonly RootContent[], title: string): RootContent | undefined {
  return nodes.find((node) => node.type === 'heading' && node.depth === 2 && toString(node) === title);
}

/** What stands below a heading, up to the next of its rank. */
function sectionOf(nodes: readonly RootContent[], title: string): RootContent[] {
  const heading = headingOf(nodes, title);
  assert.ok(heading, `expected a section "${title}", found none`);
  const rest = nodes.slice(nodes.indexOf(heading) + 1);
  const end = rest.findIndex((node) => node.type === 'heading' && node.depth <= 2);
  return end === -1 ? rest : rest.slice(0, end);
}

/** A mistake has a heading, or begins with words in bold. */
function isMistake(node: RootContent): boolean {
  if (node.type === 'heading') return true;
  return node.type === 'paragraph' && node.children[0]?.type === 'strong';
}

/** What a fence shows, without the lines that are typed. */
function outputOf(fence: string): string {
  return fence
    .split('\n')
    .filter((line) => !/^(\(\w+\) )?[$#>] /.test(line))
    .join('\n');
}

function linksOf(node: RootContent): string[] {
  const urls: string[] = [];
  walk({ type: 'root', children: [node] }, (found) => found.type === 'link' && urls.push(found.url));
  return urls;
}
