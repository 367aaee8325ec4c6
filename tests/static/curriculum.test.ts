/** docs/curriculum.md says where the courses teach what; each lesson, task and section that it names exists. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadCatalog } from '../../server/lessons/catalog.ts';

const root = path.join(import.meta.dirname, '../..');
const catalog = loadCatalog({ lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') });

interface Row {
  readonly line: number;
  readonly lesson: string;
  readonly where: string;
}

function rows(): Row[] {
  const lines = readFileSync(path.join(root, 'docs/curriculum.md'), 'utf8').split('\n');
  return lines.flatMap((text, index) => {
    const cells = text.split('|').map((cell) => cell.trim());
    const [, , lesson = '', where = ''] = cells;
    return text.startsWith('|') && lesson.includes('/') ? [{ line: index + 1, lesson, where }] : [];
  });
}

test('the table has rows for both texts', () => {
  assert.ok(rows().length >= 55, `expected 55 rows or more, found ${rows().length}`);
});

test('every place that it names exists', () => {
  const wrong = rows().flatMap(({ line, lesson: id, where }) => {
    const lesson = catalog.lesson(id);
    if (!lesson) return [`line ${line}: expected the lesson ${id}, found none`];
    const text = readFileSync(path.join(lesson.folder, 'index.mdx'), 'utf8');
    const headings = [...text.matchAll(/^#{2,4} (.*)$/gm)].map(([, heading = '']) =>
      heading.replaceAll('`', ''),
    );
    const places = new Set([...lesson.tasks.map((task) => task.id), ...headings]);
    const named = [...where.matchAll(/`([^`]+)`|"([^"]+)"/g)].map(
      ([, task, section]) => task ?? section ?? '',
    );
    if (named.length === 0) return [`line ${line}: expected a task or a section, found ${where}`];
    const missing = named.filter((name) => !places.has(name.replaceAll('`', '')));
    return missing.map((name) => `line ${line}: expected a task or section of ${id}, found ${name}`);
  });
  assert.deepEqual(wrong, []);
});
