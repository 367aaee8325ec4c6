/** A lesson with a fault fails the build of the site, and the author is told where and what. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { ensureSite } from '../../cli/setup/site.ts';
import { copyTree, type Tree } from '../support/tree.ts';

const LESSON = 'lessons/virtualenv/02-create/index.mdx';
const CHECK = 'lessons/virtualenv/02-create/tasks/create-env/check.sh';

let tree: Tree;
let good: Map<string, string>;

before(() => {
  tree = copyTree();
});
after(() => tree.remove());
beforeEach(() => {
  good = new Map([LESSON, CHECK].map((file) => [file, readFileSync(path.join(tree.root, file), 'utf8')]));
});
afterEach(() => {
  for (const [file, text] of good) writeFileSync(path.join(tree.root, file), text);
});

const build = (): Promise<string> => ensureSite(tree.root, () => undefined);

function edit(from: string, to: string): void {
  const text = good.get(LESSON) ?? '';
  assert.ok(text.includes(from), `the lesson has ${from}`);
  writeFileSync(path.join(tree.root, LESSON), text.replace(from, to));
}

test('a wrong frontmatter names file, line, field, expected and found', async () => {
  edit('duration: 22', 'duration: twenty');
  await assert.rejects(build(), (error: Error) => {
    assert.match(
      error.message,
      /02-create\/index\.mdx:5:11: duration: expected a value of type number, found "twenty"/,
    );
    return true;
  });
});

test('a task without a check names the script that is missing', async () => {
  rmSync(path.join(tree.root, CHECK));
  await assert.rejects(
    build(),
    /index\.mdx:\d+:\d+: tasks\.2\.id: expected a script .*create-env\/check\.sh.*, found none/,
  );
});

test('text that is not MDX names the file', async () => {
  edit('## Create\n', '## Create <Broken\n');
  await assert.rejects(build(), /02-create\/index\.mdx/);
});

test('an unknown property of a component is an error', async () => {
  edit('<Callout type="tip">', '<Callout type="tip" colour="red">');
  await assert.rejects(build(), /02-create\/index\.mdx.*<Callout>.*colour/);
});

test('without a fault it builds, and a second time there is nothing to do', async () => {
  const site = await build();
  const page = readFileSync(path.join(site, 'lessons', 'virtualenv', 'create', 'index.html'), 'utf8');
  assert.match(page, /data-lesson="virtualenv\/create"/);
  const said: string[] = [];
  await ensureSite(tree.root, (line) => said.push(line));
  assert.deepEqual(said, []);
});
