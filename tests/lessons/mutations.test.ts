/**
 * The proof of a lesson turns red when the lesson is made wrong. Over copies of a whole course, and of the quickest lesson
 * of each other one: all checks are emptied, a solution is broken, every command and every shown output gets a typo.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseMdx } from '../../cli/lesson/mdx.ts';
import { LessonLab } from '../../cli/lesson/proof/lesson-lab.ts';
import { proofsAtATime } from '../../cli/lesson/proof/patience.ts';
import { proveSolution } from '../../cli/lesson/proof/prove-tasks.ts';
import { prove, type Half } from '../../cli/lesson/proof/prove.ts';
import { failuresOf, type Failure } from '../../cli/lesson/proof/result.ts';
import { planText, type TypedCommand } from '../../cli/lesson/proof/text-plan.ts';
import { exercisesOf, loadCatalog, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { copyLessons, type Copy } from './copy.ts';
import { folders } from './folders.ts';

/** Every lesson of the course is made wrong. */
const WHOLE = 'virtualenv';
/** Of each other course the lesson that is proven most quickly. */
const SAMPLE = new Set([
  'start/how-this-works',
  'containers/by-hand',
  'docker/install',
  'docker-python/docker-py',
  'vm/python',
  'together/choose',
  'apis/in-containers',
]);

let lab: LessonLab;
before(async () => {
  lab = await LessonLab.open(folders.labs);
});
after(() => lab.close());

/** What fails in this half of a lesson's proof, up to the first step with a failure. */
async function failures(
  lesson: CatalogLesson,
  half: Half,
  { copy, signal, bail = true }: { copy: Copy; signal: AbortSignal; bail?: boolean },
): Promise<Failure[]> {
  const [result] = await prove({
    lab,
    lessons: [lesson],
    rounds: 1,
    root: copy.root,
    signal,
    halves: [half],
    bail,
  });
  return result ? failuresOf(result) : [];
}

const sourceOf = (lesson: CatalogLesson): string => path.join(lesson.folder, 'index.mdx');

function commandsOf(lesson: CatalogLesson): TypedCommand[] {
  const plan = planText(parseMdx(readFileSync(sourceOf(lesson), 'utf8')));
  return plan.filter((step) => step.kind === 'command');
}

/** Changes one line of a lesson's text, by its number from 1. */
function changeLine(lesson: CatalogLesson, number: number, change: (line: string) => string): void {
  const lines = readFileSync(sourceOf(lesson), 'utf8').split('\n');
  lines[number - 1] = change(lines[number - 1] ?? '');
  writeFileSync(sourceOf(lesson), lines.join('\n'));
}

/** `pip list` → `ppi list`: the first two letters in the name of the program that differ change places, where it has such
 * letters: a line of a here-document need not. */
function misspelt(line: string): string {
  return line.replace(/^(\S*?)([a-z])(?!\2)([a-z])/, '$1$3$2');
}

const catalog = loadCatalog(folders);
const chosen = catalog.lessons.filter(({ id, course }) => course === WHOLE || SAMPLE.has(id));

test('lessons of each course are made wrong', () => {
  const courses = new Set(chosen.map(({ course }) => course));
  assert.deepEqual(courses, new Set(catalog.courses.map(({ id }) => id)));
});

describe('mutations', { concurrency: proofsAtATime() }, () => {
  for (const { id, course } of chosen) {
    test(`${id}: every check that is emptied is caught`, async (t) => {
      const copy = copyLessons(course);
      t.after(() => copy.remove());
      const lesson = copy.lesson(id);
      for (const task of exercisesOf(lesson)) writeFileSync(task.checkFile, 'exit 0\n');
      const found = await failures(lesson, 'tasks', { copy, signal: t.signal });
      const wanted = exercisesOf(lesson).map((task) => path.relative(copy.root, task.checkFile));
      assert.deepEqual(
        found.map(({ file }) => file),
        wanted,
      );
      for (const failure of found) assert.match(failure.expected, /exit code 1 or 75 while nothing is done/);
    });

    test(`${id}: a broken solution of ${course === WHOLE ? 'each' : 'the first'} task is caught`, async (t) => {
      const copy = copyLessons(course);
      t.after(() => copy.remove());
      const lesson = copy.lesson(id);
      const bench = await lab.bench(lesson, { signal: t.signal });
      t.after(() => bench.dispose());
      for (const task of exercisesOf(lesson).slice(0, course === WHOLE ? undefined : 1)) {
        const solution = readFileSync(task.solveFile, 'utf8');
        const broken = solution.split('\n').map((line) => misspelt(line));
        assert.notEqual(broken.join('\n'), solution);
        writeFileSync(task.solveFile, broken.join('\n'));
        const [found] = await proveSolution(bench, task, copy.root);
        assert.equal(found?.task, task.id);
        assert.match(found?.expected ?? '', /passes after its solution|the prompt after/);
        // The next task may build on this one.
        writeFileSync(task.solveFile, solution);
        assert.deepEqual(await proveSolution(bench, task, copy.root), []);
      }
    });

    test(`${id}: a typo in every command is caught`, async (t) => {
      const copy = copyLessons(course);
      t.after(() => copy.remove());
      const lesson = copy.lesson(id);
      const commands = commandsOf(lesson).filter(({ command }) => misspelt(command) !== command);
      assert.ok(commands.length > 0);
      for (const { line, command } of commands)
        changeLine(lesson, line, (text) => text.replace(command, () => misspelt(command)));
      const found = await failures(lesson, 'text', { copy, signal: t.signal, bail: false });
      const lines = new Set(found.map(({ line }) => line));
      // A line that leaves the shell waiting for more, such as "xeit()", ends the proof.
      const last = found.at(-1);
      const end = last?.expected.startsWith('the prompt after') ? last.line : Infinity;
      const missed = commands.filter(({ line }) => line <= end && !lines.has(line));
      assert.deepEqual(missed, [], JSON.stringify(found, undefined, 1));
    });

    test(`${id}: a typo in every shown output is caught`, async (t) => {
      const copy = copyLessons(course);
      t.after(() => copy.remove());
      const lesson = copy.lesson(id);
      const shown = commandsOf(lesson).filter(({ output = '' }) =>
        /[a-z]{2}/i.test(output.split('\n').at(-1) ?? ''),
      );
      for (const { line, output = '' } of shown)
        changeLine(lesson, line + output.split('\n').length, (text) => `${text}x`);
      const found = await failures(lesson, 'text', { copy, signal: t.signal, bail: false });
      const lines = new Set(found.map(({ line }) => line));
      for (const { line, command } of shown)
        assert.ok(lines.has(line), `${id}:${line}: ${command} was not caught`);
      assert.equal(lines.size, shown.length, 'nothing else is told');
    });
  }
});
