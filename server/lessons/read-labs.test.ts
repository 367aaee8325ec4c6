import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { readLabs } from './read-labs.ts';

/** A folder `labs` with the given files. */
function labsFolder(t: TestContext, files: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-labs-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = path.join(root, 'labs');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

test('reads every lab, by name, with the defaults of the schema', (t) => {
  const folder = labsFolder(t, {
    'python/lab.yaml': 'title: Python\nwarm: 3\n',
    'python/Dockerfile': 'FROM x',
    'docker/lab.yaml': 'title: Docker\nlimits:\n  memoryMb: 1024\n',
    'docker/Dockerfile': 'FROM x',
    '.cache/anything': '',
  });
  const labs = readLabs(folder);
  assert.deepEqual(
    labs.map(({ name }) => name),
    ['docker', 'python'],
  );
  assert.equal(labs[0]?.settings.limits.memoryMb, 1024);
  assert.equal(labs[0]?.settings.limits.pids, 256);
  assert.equal(labs[1]?.settings.warm, 3);
  assert.equal(labs[1]?.folder, path.join(folder, 'python'));
});

test('tells every fault with file, line, field, expected and found', (t) => {
  const folder = labsFolder(t, {
    'a/lab.yaml': 'title: Lab A\nlimits:\n  pids: 3\nspeed: 9\n',
    'a/Dockerfile': 'FROM x',
    'b/lab.yaml': 'title: Lab B\n',
    'c/Dockerfile': 'FROM x',
    'Not_A_Slug/lab.yaml': 'title: Lab\n',
  });
  assert.throws(
    () => readLabs(folder),
    (error: Error) => {
      assert.deepEqual(error.message.split('\n').toSorted(), [
        'labs/Not_A_Slug:1:1: expected a folder name of lower-case words joined by hyphens, found "Not_A_Slug"',
        'labs/a/lab.yaml:3:9: limits.pids: expected at least 16, found 3',
        'labs/a/lab.yaml:4:8: speed: expected no such field, found "speed"',
        'labs/b:1:1: expected a file Dockerfile, found none',
        'labs/c:1:1: expected a file lab.yaml, found none',
      ]);
      return true;
    },
  );
});

test('a missing folder is named', () => {
  assert.throws(
    () => readLabs('/nowhere/labs'),
    /labs:1:1: expected a folder with one folder for each lab, found none/,
  );
});
