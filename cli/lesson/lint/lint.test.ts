/** Each mistake is found at its place, and told with what to do. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { copyLessons, type Copy } from '../../../tests/lessons/copy.ts';
import { writeNewLesson } from '../new-command.ts';
import { lessonFolders } from '../select.ts';
import { formatFinding, mend, type Finding } from './finding.ts';
import { lint } from './lint.ts';

const LESSON = 'lessons/quay/01-ropes';
const TEXT = `${LESSON}/index.mdx`;
const CHECK = `${LESSON}/tasks/say-hello/check.sh`;
const QUIZ = `${LESSON}/quizzes/where.yaml`;

let copy: Copy;
beforeEach(() => {
  copy = copyLessons();
  writeNewLesson({ name: 'new', id: 'quay/ropes', lab: 'python' }, copy.folders);
});
afterEach(() => copy.remove());

const find = (): Promise<Finding[]> =>
  lint({ folders: copy.folders, lessons: lessonFolders(copy.folders), shellcheck: undefined });

async function told(): Promise<string[]> {
  const name = (file: string): string => path.relative(copy.root, file);
  return (await find()).map((finding) => formatFinding(finding, name));
}

/** Holds that exactly one thing is found, and what is said of it. */
async function only(pattern: RegExp): Promise<void> {
  const all = await told();
  assert.equal(all.length, 1, all.join('\n'));
  assert.match(all[0] ?? '', pattern);
}

test('a new lesson has no mistake', async () => {
  assert.deepEqual(await told(), []);
});

test('two tasks with one id', async () => {
  copy.edit(TEXT, '  - id: where\n', '  - id: say-hello\n    title: Again\n  - id: where\n');
  const all = await told();
  assert.ok(
    all.some((one) =>
      /index\.mdx:9:9: tasks\.1\.id: expected an id of its own, found "say-hello" again; rename/.test(one),
    ),
    all.join('\n'),
  );
});

test('a cycle of needs', async () => {
  copy.edit(TEXT, 'title: Say hello', 'title: Say hello\n    needs: [say-hello]');
  await only(
    /index\.mdx:9:13: tasks\.0\.needs\.0: expected needs without a cycle, found say-hello → say-hello; take/,
  );
});

test('a quiz without a right answer', async () => {
  copy.edit(QUIZ, '    correct: true\n', '');
  await only(
    /where\.yaml:4:3: options: expected exactly one option with "correct: true", found .*; mark the right/,
  );
});

test('a text that is not MDX', async () => {
  copy.edit(TEXT, 'Explain one idea', 'Ships <5 m. Explain one idea');
  await only(
    /index\.mdx:18:8: MDX: expected text that can be read, found "Ships <5 m\. .*; write \\< for a "<"/,
  );
  copy.edit(TEXT, 'Ships <5 m.', 'Ships {of} { 5.');
  assert.match((await told())[0] ?? '', /index\.mdx:18:\d+: MDX: .*; write \\\{ for a brace/);
});

test('a component that is not closed', async () => {
  copy.edit(TEXT, '</Task>\n', '');
  await only(/index\.mdx:25:1: MDX: .*Expected a closing tag for `<Task>`.*; close each component/);
});

test('an unknown component, an unknown property, and a wrong value', async () => {
  copy.edit(TEXT, '## In short', '<Colout>\n\nWords.\n\n</Colout>\n\n## In short');
  await only(
    /index\.mdx:45:1: <Colout>: expected one of the components Callout, .*, found <Colout>; write <Callout>/,
  );
  copy.edit(TEXT, '<Colout>', '<Callout kind="tip">');
  copy.edit(TEXT, '</Colout>', '</Callout>');
  await only(/<Callout>: expected only type, title, found "kind"; take it out/);
  copy.edit(TEXT, 'kind="tip"', 'type="tipp"');
  await only(/<Callout> type: expected note, tip, warning or why, found "tipp"; change type/);
});

test('a hint outside of a task, and steps that are none', async () => {
  copy.edit(
    TEXT,
    '## In short',
    '<Hint>\n\nWords.\n\n</Hint>\n\n<Steps>\n\nWords.\n\n</Steps>\n\n## In short',
  );
  const all = await told();
  assert.match(
    all[0] ?? '',
    /:45:1: <Hint>: expected it inside a <Task>, found it by itself in the text; move it there/,
  );
  assert.match(
    all[1] ?? '',
    /:51:1: <Steps>: expected one ordered list inside, found paragraph; begin its lines/,
  );
});

test('fences: no language, an unknown one, unknown words, no command', async () => {
  const fence = (text: string): void => copy.edit(TEXT, /(## In short\n)[^]*/, `$1\n${text}\n`);
  fence('```\n$ ls\n```');
  await only(/:47:1: fence: expected a language, found none; write ```console/);
  fence('```pyhton\nx = 1\n```');
  await only(/fence: expected a language that can be coloured, found "pyhton"; write ```python/);
  fence('```console rnu\n$ ls\n```');
  await only(/fence: expected only run, .* found "rnu"; take it out or mend it/);
  fence('```console\nls\n```');
  await only(/fence: expected a prompt with a command, found none; write "\$ " before/);
  fence('```console\n$ ls\na\n$\n```');
  await only(/:50:1: fence: expected a command behind the prompt, found "\$"/);
  fence('```bash\nls\n```');
  await only(
    /warning: fence: expected commands that are proven, found a fence that nobody runs; mark it run/,
  );
  fence('```bash\nsudo apt install docker.io\n```');
  assert.deepEqual(await told(), [], 'no lab could run it');
});

test('values that are not there, and braces where a variable belongs', async () => {
  copy.edit(TEXT, '$ echo "Ships ahoy"\nShips', '$ echo "{{shipp}} ahoy"\n{{ship}}');
  copy.edit(TEXT, '---\n\nAfter', 'values:\n  ship: word\n---\n\nAfter');
  await only(/:23:9: \{\{shipp\}\}: expected one of the values ship, found "shipp"; write ship/);
  copy.edit(TEXT, '{{shipp}}', '{{ship}}');
  copy.edit(CHECK, 'Hello to you.', 'Hello to {{ship}} and $LESSON_BOAT.');
  const all = await told();
  assert.match(
    all.join('\n'),
    /check\.sh:11:\d+: \{\{ship\}\}: expected "\$LESSON_SHIP" in a script that is run/,
  );
  assert.match(
    all.join('\n'),
    /check\.sh:11:\d+: LESSON_BOAT: expected one of the values ship, found "boat"/,
  );
});

test('braces in the text, and imports', async () => {
  copy.edit(TEXT, 'Explain one idea', '{{ship}} Explain one idea');
  await only(/:18:1: braces: expected text, found JavaScript: .*; write <Value name="ship" \/>/);
  copy.edit(TEXT, '{{ship}} ', '');
  copy.edit(TEXT, '## First', 'import x from "y";\n\n## First');
  await only(/:16:1: import: expected text and components, found "import x from .*; take it out/);
});

test('links to pages and headings that are not there', async () => {
  const link = (url: string): void => copy.edit(TEXT, /- (?:Sum|\[).*/, `- [words](${url})`);
  for (const fine of [
    '../ropes/',
    '#first-things-first',
    '/',
    '/lessons/quay/',
    'https://example.org/a#b',
    '../ropes/#task-where',
  ]) {
    link(fine);
    assert.deepEqual(await told(), [], fine);
  }
  link('../rope/');
  await only(
    /:47:3: link: expected a page of this site, found "\.\.\/rope\/"; write \/lessons\/quay\/ropes\//,
  );
  link('#first-thing-first');
  await only(
    /link: expected a heading or task of quay\/ropes .*, found "#first-thing-first"; write #first-things-first/,
  );
  link('ftp://example.org');
  await only(/link: expected a link to this site, or one that begins with https:/);
});

test('an image without words', async () => {
  copy.edit(TEXT, '- Sum', '![](https://example.org/a.png)\n\n- Sum');
  await only(/:47:1: image: expected a text that tells what it shows, found none/);
});

test('files that nobody uses', async () => {
  copy.write(`${LESSON}/tasks/gone/check.sh`, 'exit 1\n');
  copy.write(`${LESSON}/tasks/say-hello/chekc.sh`, 'exit 1\n');
  copy.write(`${LESSON}/quizzes/old.yaml`, 'type: single\n');
  copy.write(`${LESSON}/values/port.sh`, 'echo 1\n');
  const all = (await told()).join('\n');
  assert.match(
    all,
    /tasks\/gone\/check\.sh:1:1: expected a file that the lesson uses, found a script of "gone"/,
  );
  assert.match(all, /chekc\.sh:1:1: expected check\.sh, solve\.sh or hint\.sh, found "chekc\.sh"/);
  assert.match(all, /old\.yaml:1:1: expected a file that the lesson uses, found a quiz "old\.yaml"/);
  assert.match(all, /values\/port\.sh:1:1: .* found a script "port\.sh" without a value of the kind script/);
});

test('tasks in another order than in the frontmatter', async () => {
  copy.edit(TEXT, '<Quiz id="where" />\n', '');
  copy.edit(TEXT, '<Task', '<Quiz id="where" />\n\n<Task');
  await only(
    /:25:1: <Quiz>: expected "say-hello", which comes here in the frontmatter, found "where"; put the tasks/,
  );
});

test('a duration far from what it takes, and headings', async () => {
  copy.edit(TEXT, 'duration: 5', 'duration: 60');
  await only(/:5:1: warning: duration: expected about \d minutes .*, found 60/);
  copy.edit(TEXT, 'duration: 60', 'duration: 5');
  copy.edit(TEXT, '## In short', '#### In short');
  await only(/warning: heading: expected at most ###, found "#### In short"/);
});

test('what is safe to mend is mended: languages, line ends, blanks', async () => {
  copy.edit(TEXT, '- Sum', '```\n$ ls\n```\n\n- Sum');
  appendFileSync(path.join(copy.root, CHECK), 'true \r\n');
  const before = await find();
  assert.equal(before.length, 3);
  assert.deepEqual(mend(before), []);
  assert.deepEqual(await told(), []);
  assert.match(readFileSync(path.join(copy.root, TEXT), 'utf8'), /```console\n\$ ls/);
  assert.match(readFileSync(path.join(copy.root, CHECK), 'utf8'), /\ntrue\n$/);
});

test('a lesson without index.mdx or frontmatter', async () => {
  writeFileSync(path.join(copy.root, TEXT), 'Words.\n');
  assert.match((await told()).join('\n'), /index\.mdx:1:1: expected a frontmatter between two lines of ---/);
});
