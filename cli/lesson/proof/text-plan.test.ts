import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMdx } from '../mdx.ts';
import { planText } from './text-plan.ts';

const plan = (...lines: string[]): ReturnType<typeof planText> => planText(parseMdx(lines.join('\n')));
const commands = (...lines: string[]): string[] =>
  plan(...lines).map((step) => (step.kind === 'task' ? `<${step.id}>` : step.command));

test('commands with their output, and tasks, come in the order of the text', () => {
  const steps = plan(
    ...['```console', '$ ls', 'a', '', '(env) $ pwd', '```', '', '<Task id="one">', ''],
    ...['```bash', 'not this', '```', '', '</Task>'],
  );
  assert.deepEqual(steps, [
    { kind: 'command', command: 'ls', output: 'a\n', line: 2, next: '(env) $ ', verbatim: false },
    { kind: 'command', command: 'pwd', output: '', line: 5, next: undefined, verbatim: false },
    { kind: 'task', id: 'one', line: 14 },
  ]);
});

test('a fence to run is typed; where it shows nothing, nothing is compared', () => {
  const outputs = (...lines: string[]): unknown[] =>
    plan(...lines).map((step) => (step.kind === 'command' ? step.output : undefined));
  assert.deepEqual(commands('```bash run', 'one', '', 'two', '```'), ['one', 'two']);
  assert.deepEqual(outputs('```bash run', 'one', 'two', '```'), [undefined, undefined]);
  assert.deepEqual(outputs('```console run', '$ one', '$ two', '```'), [undefined, undefined]);
  assert.deepEqual(outputs('```console run', '$ one', '$ two', '2', '```'), ['', '2']);
  const output = ['', '<Output>', '', '```text', 'of two', '```', '', '</Output>'];
  assert.deepEqual(outputs('```bash run', 'one', 'two', '```', ...output), [undefined, 'of two']);
});

test('of tabs, that of Linux is typed, or else the first', () => {
  const tab = (label: string): string[] => [
    `<Tab label="${label}">`,
    '',
    '```bash run',
    label,
    '```',
    '',
    '</Tab>',
    '',
  ];
  const tabs = (...labels: string[]): string[] => ['<Tabs group="x">', '', ...labels.flatMap(tab), '</Tabs>'];
  assert.deepEqual(commands(...tabs('macOS', 'Linux')), ['Linux']);
  assert.deepEqual(commands(...tabs('nano', 'vim')), ['nano']);
});

test('prompts of programs and of root are prompts, Windows is passed over, and output may begin with a sign', () => {
  assert.deepEqual(commands('```console', '$ python3', 'Python 3', '>>> 1 + 1', '2', '>>> exit()', '```'), [
    'python3',
    '1 + 1',
    'exit()',
  ]);
  assert.deepEqual(commands('```console', 'root@box:/# id', '```'), ['id']);
  assert.deepEqual(commands('```console', 'PS C:\\> dir', '```'), []);
  assert.deepEqual(commands('```console', '$ cat list', '# A remark.', 'name', '```'), ['cat list']);
});

test('a dialogue that begins with output is refused with its line', () => {
  assert.throws(
    () => plan('```console', 'hello', '```'),
    /line 2: expected a prompt such as "\$ ", found "hello"/,
  );
});
