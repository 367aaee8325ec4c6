import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { exercisesOf, loadCatalog } from './catalog.ts';
import { AuthoringError } from './problem.ts';

const LESSON = 'lessons/env/01-create';
const QUIZ = `type: single
question: Where do programs go?
options:
  - text: \`bin\`
    correct: true
    because: That is where the shell looks.
  - text: \`lib\`
    because: That is for modules.
`.replaceAll('`', '');

let root = '';

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'drydock-lesson-'));
  write('labs/python/lab.yaml', 'title: Python\n');
  write('lessons/env/course.yaml', 'title: Environments\nsummary: All about environments.\norder: 1\n');
  for (const id of ['make', 'use', 'share']) {
    write(`${LESSON}/tasks/${id}/check.sh`, 'exit 1\n');
    write(`${LESSON}/tasks/${id}/solve.sh`, 'true\n');
  }
  write(`${LESSON}/quizzes/where.yaml`, QUIZ);
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

interface Parts {
  /** Lines of YAML, from line 7 of the file. */
  readonly tasks: readonly string[];
  readonly values?: readonly string[];
  readonly text: string;
}

function writeLesson({ tasks, values, text }: Parts): void {
  const head = [
    'title: Create one',
    'summary: You will be able to create one.',
    'lab: python',
    'duration: 10',
  ];
  const lines = [
    '---',
    ...head,
    'tasks:',
    ...tasks,
    ...(values ? ['values:', ...values] : []),
    '---',
    '',
    text,
    '',
  ];
  write(`${LESSON}/index.mdx`, lines.join('\n'));
}

const load = () => loadCatalog({ lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') });

/** All that is said about the lesson, without the path of its folder. */
function faults(): string[] {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof AuthoringError);
    return error.message.split('\n').map((line) => line.replaceAll(`${LESSON}/`, ''));
  }
  return assert.fail('expected an AuthoringError');
}

test('reads exercises, quizzes and values', () => {
  write(`${LESSON}/tasks/use/hint.sh`, 'true\n');
  write(`${LESSON}/values/container.sh`, 'true\n');
  writeLesson({
    tasks: [
      '  - { id: make, title: Make it }',
      '  - { id: where, title: Say where, kind: quiz }',
      '  - { id: use, title: Use it, needs: [make] }',
    ],
    values: ['  web_port: port', '  container: script'],
    text: '<Task id="make">A</Task> <Quiz id="where" /> <Task id="use">B</Task>',
  });
  const lesson = load().lesson('env/create');
  assert.ok(lesson);
  assert.deepEqual(
    lesson.tasks.map(({ kind, id }) => `${kind} ${id}`),
    ['exercise make', 'quiz where', 'exercise use'],
  );
  const [make, use] = exercisesOf(lesson);
  assert.deepEqual([make?.hintFile, use?.needs], [undefined, ['make']]);
  assert.equal(use?.hintFile, path.join(root, LESSON, 'tasks/use/hint.sh'));
  const [, quiz] = lesson.tasks;
  assert.ok(quiz?.kind === 'quiz' && quiz.quiz.type === 'single' && quiz.quiz.options[0]?.correct);
  assert.deepEqual(lesson.values, [
    { name: 'web_port', kind: 'port', scriptFile: undefined },
    { name: 'container', kind: 'script', scriptFile: path.join(root, LESSON, 'values/container.sh') },
  ]);
});

test('a cycle in needs is shown as a way round, at each of its tasks', () => {
  writeLesson({
    tasks: [
      '  - { id: make, title: Make it, needs: [share] }',
      '  - { id: use, title: Use it, needs: [make] }',
      '  - { id: share, title: Share it, needs: [use] }',
    ],
    text: '<Task id="make">A</Task> <Task id="use">B</Task> <Task id="share">C</Task>',
  });
  assert.deepEqual(faults(), [
    'index.mdx:7:41: tasks.0.needs.0: expected needs without a cycle, found make → share → use → make',
    'index.mdx:8:39: tasks.1.needs.0: expected needs without a cycle, found use → make → share → use',
    'index.mdx:9:43: tasks.2.needs.0: expected needs without a cycle, found share → use → make → share',
  ]);
});

test('a need must be another exercise of the lesson', () => {
  writeLesson({
    tasks: [
      '  - { id: make, title: Make it, needs: [mkae] }',
      '  - { id: use, title: Use it, needs: [use] }',
      '  - { id: share, title: Share it, needs: [make, where] }',
      '  - { id: where, title: Say where, kind: quiz }',
    ],
    text: '<Task id="make">A</Task> <Task id="use">B</Task> <Task id="share">C</Task> <Quiz id="where" />',
  });
  assert.deepEqual(faults(), [
    'index.mdx:7:41: tasks.0.needs.0: expected one of the exercises use, share, found "mkae"',
    'index.mdx:8:39: tasks.1.needs.0: expected needs without a cycle, found use → use',
    'index.mdx:9:49: tasks.2.needs.1: expected one of the exercises make, use, found "where"',
  ]);
});

test('the only exercise can need no other; a quiz needs nothing', () => {
  writeLesson({
    tasks: [
      '  - { id: make, title: Make it, needs: [before] }',
      '  - { id: where, title: Say where, kind: quiz, needs: [make] }',
    ],
    text: '<Task id="make">A</Task> <Quiz id="where" />',
  });
  assert.deepEqual(faults(), [
    'index.mdx:7:41: tasks.0.needs.0: expected no needs, since the lesson has no other exercise, found "before"',
    'index.mdx:8:56: tasks.1.needs.0: expected no needs, since a quiz can be answered at any time, found "make"',
  ]);
});

test('two tasks with one id: the second is named', () => {
  writeLesson({
    tasks: ['  - { id: make, title: Make it }', '  - { id: make, title: Make it again }'],
    text: '<Task id="make">A</Task>',
  });
  assert.deepEqual(faults(), ['index.mdx:8:11: tasks.1.id: expected an id of its own, found "make" again']);
});

test('a task that stands in the text as the other kind is missed there', () => {
  writeLesson({
    tasks: ['  - { id: make, title: Make it }', '  - { id: where, title: Say where, kind: quiz }'],
    text: '<Quiz id="make" /> <Task id="where">A</Task>',
  });
  assert.deepEqual(faults(), [
    'index.mdx:7:11: tasks.0.id: expected one <Task id="make"> in the text, found <Quiz id="make">',
    'index.mdx:8:11: tasks.1.id: expected one <Quiz id="where"> in the text, found <Task id="where">',
  ]);
});

test('missing and empty files are named with what they are for', () => {
  write(`${LESSON}/tasks/make/hint.sh`, '');
  write(`${LESSON}/values/empty.sh`, '');
  rmSync(path.join(root, LESSON, 'tasks/make/solve.sh'));
  writeLesson({
    tasks: ['  - { id: make, title: Make it }', '  - { id: what, title: Say what, kind: quiz }'],
    values: ['  container: script', '  empty: script'],
    text: '<Task id="make">A</Task> <Quiz id="what" />',
  });
  assert.deepEqual(
    faults().map((line) => line.replaceAll(LESSON, '')),
    [
      'index.mdx:7:11: tasks.0.id: expected a script tasks/make/solve.sh for task "make", found none',
      'index.mdx:7:11: tasks.0.id: expected a script tasks/make/hint.sh for task "make", found an empty file',
      'index.mdx:8:11: tasks.1.id: expected a file quizzes/what.yaml for quiz "what", found none',
      'index.mdx:10:14: values.container: expected a script values/container.sh for value "container", found none',
      'index.mdx:11:10: values.empty: expected a script values/empty.sh for value "empty", found an empty file',
    ],
  );
});

test('a value has a name that scripts can use, and a kind that there is', () => {
  const tasks = ['  - { id: make, title: Make it }'];
  const text = '<Task id="make">A</Task>';
  writeLesson({ tasks, values: ['  web-port: port'], text });
  assert.deepEqual(faults(), [
    'index.mdx:9:3: values.web-port: expected a name of small letters, digits and underscores, such as "web_port", found "web-port"',
  ]);
  writeLesson({ tasks, values: ['  web_port: prot'], text });
  assert.deepEqual(faults(), [
    'index.mdx:9:13: values.web_port: expected one of word, port, password, script, found "prot"',
  ]);
  writeLesson({ tasks, values: Array.from({ length: 11 }, (_, n) => `  v${n}: word`), text });
  assert.match(faults().join('\n'), /^index\.mdx:9:3: values: expected at most 10 values, found /);
});

for (const [title, change, expected] of [
  [
    'no right answer',
    (text: string) => text.replace('    correct: true\n', ''),
    'quizzes/where.yaml:4:3: options: expected exactly one option with "correct: true", found ',
  ],
  [
    'two right answers of a single choice',
    (text: string) => text.replace('  - text: lib\n', '  - text: lib\n    correct: true\n'),
    'quizzes/where.yaml:4:3: options: expected exactly one option with "correct: true", found ',
  ],
  [
    'an answer without an explanation',
    (text: string) => text.replace(/\n    because: That is for modules\./, ''),
    'quizzes/where.yaml:7:5: options.1.because: expected a value of type string, found nothing',
  ],
  [
    'the same option twice',
    (text: string) => text.replace('text: lib', 'text: bin'),
    'quizzes/where.yaml:4:3: options: expected options that differ, found ',
  ],
  [
    'a type that there is not',
    (text: string) => text.replace('type: single', 'type: choice'),
    'quizzes/where.yaml:1:7: type: expected one of single, multiple, text, found "choice"',
  ],
  [
    'an unknown field',
    (text: string) => `${text}shuffle: true\n`,
    'quizzes/where.yaml:9:10: shuffle: expected no such field, found "shuffle"',
  ],
  [
    'a pattern that is none',
    () =>
      'type: text\nquestion: Where?\notherwise: No.\nanswers:\n  - { matches: "(usr", correct: true, because: Yes. }\n',
    'quizzes/where.yaml:5:16: answers.0.matches: expected a regular expression such as "usr|/usr", found "(usr"',
  ],
  [
    'words that are never right',
    () => 'type: text\nquestion: Where?\notherwise: No.\nanswers:\n  - { matches: usr, because: No. }\n',
    'quizzes/where.yaml:5:3: answers: expected one or more answers with "correct: true", found ',
  ],
] as const) {
  test(`a quiz with ${title} is refused`, () => {
    write(`${LESSON}/quizzes/where.yaml`, change(QUIZ));
    writeLesson({ tasks: ['  - { id: where, title: Say where, kind: quiz }'], text: '<Quiz id="where" />' });
    const found = faults();
    assert.equal(found.length, 1, found.join('\n'));
    assert.ok(found[0]?.startsWith(expected), found[0]);
  });
}
