import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { copyLessons, type Copy } from '../../../tests/lessons/copy.ts';
import { exportLesson } from '../export-command.ts';
import { writeNewLesson } from '../new-command.ts';

let copy: Copy;
before(() => {
  copy = copyLessons();
  writeNewLesson({ name: 'new', id: 'quay/ropes', lab: 'python' }, copy.folders);
  const text = [
    '<Callout type="warning">\n\nSlippery.\n\n</Callout>',
    '<Tabs group="os">\n\n<Tab label="Linux">\n\nOne.\n\n</Tab>\n\n<Tab label="macOS">\n\nTwo.\n\n</Tab>\n\n</Tabs>',
    '<Diagram alt="A leads to B" caption="Two things.">\n\n```dot\ndigraph { a -> b }\n```\n\n</Diagram>',
    '- Your <Value name="ship" />, see [this](../ropes/) and [that](https://example.org/)\n- | and `a < b`',
    '| a | b |\n| - | - |\n| 1 | <Value name="ship" /> |',
  ];
  copy.edit('lessons/quay/01-ropes/index.mdx', '## In short', `${text.join('\n\n')}\n\n## In short`);
  copy.edit('lessons/quay/01-ropes/index.mdx', '---\n\nAfter', 'values:\n  ship: word\n---\n\nAfter');
});
after(() => copy.remove());

const written = (html: boolean): Promise<string> =>
  exportLesson({ name: 'export', path: 'quay/ropes', html, output: undefined }, copy.folders);

test('plain Markdown holds everything, without components', async () => {
  const text = await written(false);
  assert.match(text, /^# Ropes\n/);
  assert.match(text, /```console\n\$ echo "Ships ahoy"\nShips ahoy\n```/);
  assert.match(text, /### Task 1: Say hello\n\nWrite the words/);
  assert.match(text, /<summary>Hint<\/summary>\n\nThe shell sends/);
  assert.match(
    text,
    /<summary>Solution<\/summary>\n\n```bash\necho "Hello, harbour" > hello\.txt\n.*\n```\n\nMany other ways/,
  );
  assert.match(text, /### Question 2: Where does it lie\?\n\n.*\n\n- \[ \] In the folder where you are\n/);
  assert.match(
    text,
    /## Answers\n\n\*\*2\. Where does it lie\?\*\*\n\n- ✔ In the folder where you are: A name/,
  );
  assert.match(text, /> \*\*Careful\*\*\n>\n> Slippery\./);
  assert.match(text, /\*\*Linux\*\*\n\nOne\.\n\n\*\*macOS\*\*/);
  assert.match(text, /_Diagram: A leads to B_\n\n```dot\ndigraph { a -> b }\n```\n\nTwo things\./);
  assert.match(text, /- Your `<ship>`, see this and \[that\]\(https:\/\/example\.org\/\)/);
  assert.match(text, /\| 1 \| `<ship>` \|/);
  assert.doesNotMatch(text.replace(/```[^]*?```/g, ''), /<[A-Z]\w+|\{\{/);
});

test('the page stands by itself, and tells the answers at its end only', async () => {
  const page = await written(true);
  assert.match(page, /<h3><span class="box"><\/span>Task 1: Say hello<\/h3>/);
  assert.match(page, /<svg[^]*<\/svg>/);
  assert.match(page, /<a href="https:\/\/example\.org\/">that<\/a>/);
  assert.match(page, /<td><code>&lt;ship&gt;<\/code><\/td>/);
  assert.doesNotMatch(page, /<(?:script|link|img)\b|src=|href="\//);
  assert.ok(page.indexOf('Hello, harbour&quot; &gt; hello.txt') > page.indexOf('<h2>Solutions</h2>'));
  assert.ok(page.indexOf('✔') > page.indexOf('<h2>Answers</h2>'));
});

test('a path of several lessons is refused', async () => {
  writeNewLesson({ name: 'new', id: 'quay/knots', lab: 'python' }, copy.folders);
  const command = { name: 'export', path: 'quay', html: false, output: undefined } as const;
  await assert.rejects(
    exportLesson(command, copy.folders),
    /Expected the path of one lesson, found "quay" with 2/,
  );
});
