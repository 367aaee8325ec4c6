import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { localSandbox } from '../../tests/fakes/local-run.ts';
import { MAX_FILE_BYTES, readHomeFile, removeHomeFile, writeHomeFile } from './home-files.ts';

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

function home(t: TestContext) {
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  return {
    at: (name: string) => path.join(sandbox.home, name),
    names: () => readdirSync(sandbox.home).toSorted(),
    read: (file: string) => readHomeFile(sandbox, file, t.signal),
    write: (file: string, content: string | Uint8Array) =>
      writeHomeFile(sandbox, { path: file, content: Buffer.from(content) }, t.signal),
    remove: (file: string) => removeHomeFile(sandbox, file, t.signal),
  };
}

test('a file comes back byte for byte, whatever its name, with the folders on its way', async (t) => {
  const { at, read, write } = home(t);
  for (const name of ['plain.txt', '-n', "it's/a b/ä€😀.bin", '$(touch bad)', '*']) {
    await write(name, ALL_BYTES);
    assert.deepEqual(await read(name), ALL_BYTES, name);
    assert.deepEqual(readFileSync(at(name)), ALL_BYTES, name);
  }
  assert.equal(existsSync(at('bad')), false);
  await write('empty', '');
  assert.equal((await read('empty')).length, 0);
  await write('large', Buffer.alloc(MAX_FILE_BYTES, 'x'));
  assert.equal((await read('large')).length, MAX_FILE_BYTES);
});

test('a file that is replaced keeps its mode, a link stays a link, and nothing is left beside it', async (t) => {
  const { at, names, write } = home(t);
  writeFileSync(at('run.sh'), 'old');
  chmodSync(at('run.sh'), 0o750);
  symlinkSync('run.sh', at('link'));
  await write('link', 'new');
  assert.equal(readFileSync(at('run.sh'), 'utf8'), 'new');
  assert.equal(statSync(at('run.sh')).mode & 0o777, 0o750);
  assert.ok(lstatSync(at('link')).isSymbolicLink());
  await write('fresh', 'x');
  assert.equal(statSync(at('fresh')).mode & 0o111, 0);
  assert.deepEqual(names(), ['fresh', 'link', 'run.sh']);
});

test('a removed file is gone, a link without what it points to', async (t) => {
  const { at, names, remove, write } = home(t);
  await write('kept', 'x');
  symlinkSync('kept', at('link'));
  symlinkSync('nowhere', at('dangling'));
  await remove('link');
  await remove('dangling');
  assert.deepEqual(names(), ['kept']);
  await remove('kept');
  await assert.rejects(remove('kept'), { code: 'not-found', message: 'There is no file kept.' });
});

test('what is no file is refused, and stays', async (t) => {
  const { at, names, read, remove, write } = home(t);
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
  for (const name of ['folder', 'pipe']) {
    await assert.rejects(read(name), { code: 'conflict', message: /expected a file, found a folder/ });
    await assert.rejects(write(name, 'x'), { code: 'conflict' });
  }
  await assert.rejects(remove('folder'), { code: 'conflict' });
  await assert.rejects(read('nothing'), { code: 'not-found' });
  writeFileSync(at('plain'), 'x');
  await assert.rejects(write('plain/below', 'x'), { code: 'conflict', message: /^plain\/below: .*plain/ });
  assert.deepEqual(names(), ['folder', 'pipe', 'plain']);
});

test('a file that is too large to read is told with the bound', async (t) => {
  const { at, read } = home(t);
  writeFileSync(at('data'), Buffer.alloc(MAX_FILE_BYTES + 1));
  await assert.rejects(read('data'), { code: 'conflict', message: /expected at most 1048576 bytes/ });
});

test('a path that leads elsewhere reaches no shell', async (t) => {
  const { read, remove, write } = home(t);
  const odd = [
    '',
    '/',
    '/etc/passwd',
    '..',
    '../x',
    'a/../../x',
    'a//b',
    'a/',
    './a',
    'a\0b',
    'x'.repeat(4097),
  ];
  for (const name of odd) {
    await assert.rejects(read(name), { code: 'invalid', message: /^path: expected .*, found "/ }, name);
    await assert.rejects(write(name, 'x'), { code: 'invalid' }, name);
    await assert.rejects(remove(name), { code: 'invalid' }, name);
  }
});
