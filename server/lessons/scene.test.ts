import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { localSandbox } from '../../tests/fakes/local-run.ts';
import { prepareScene } from './scene.ts';

const never = new AbortController().signal;

function fixture(t: TestContext): { filesFolder: string; sandbox: ReturnType<typeof localSandbox> } {
  const filesFolder = mkdtempSync(path.join(tmpdir(), 'drydock-files-'));
  const sandbox = localSandbox();
  t.after(() => sandbox.destroy());
  t.after(() => rmSync(filesFolder, { recursive: true }));
  return { filesFolder, sandbox };
}

test('files, folders, links and the right to execute arrive in the home folder', async (t) => {
  const { filesFolder, sandbox } = fixture(t);
  mkdirSync(path.join(filesFolder, 'app/empty'), { recursive: true });
  writeFileSync(path.join(filesFolder, 'app/main.py'), 'print(42)\n');
  writeFileSync(path.join(filesFolder, '.hidden é'), 'x'.repeat(100_000));
  writeFileSync(path.join(filesFolder, 'run.sh'), '#!/bin/sh\n');
  chmodSync(path.join(filesFolder, 'run.sh'), 0o755);
  symlinkSync('app/main.py', path.join(filesFolder, 'link'));
  writeFileSync(path.join(sandbox.home, 'already-there'), 'kept');
  await prepareScene(sandbox, { filesFolder }, never);
  const at = (name: string): string => path.join(sandbox.home, name);
  assert.equal(readFileSync(at('app/main.py'), 'utf8'), 'print(42)\n');
  assert.ok(statSync(at('app/empty')).isDirectory());
  assert.equal(readFileSync(at('.hidden é'), 'utf8').length, 100_000);
  assert.equal(statSync(at('run.sh')).mode & 0o777, 0o755);
  assert.equal(statSync(at('app/main.py')).mode & 0o111, 0);
  assert.equal(readlinkSync(at('link')), 'app/main.py');
  assert.equal(readFileSync(at('already-there'), 'utf8'), 'kept');
});

test('a lesson without files asks nothing of the sandbox', async (t) => {
  const { sandbox } = fixture(t);
  await sandbox.destroy();
  await prepareScene(sandbox, { filesFolder: undefined }, never);
});

test('an empty folder is fine', async (t) => {
  const { filesFolder, sandbox } = fixture(t);
  await prepareScene(sandbox, { filesFolder }, never);
});

test('more than 8 MiB is refused with the file that was too much', async (t) => {
  const { filesFolder, sandbox } = fixture(t);
  for (const name of ['a', 'b']) {
    writeFileSync(path.join(filesFolder, name), '');
    truncateSync(path.join(filesFolder, name), 5 * 1024 * 1024);
  }
  await assert.rejects(prepareScene(sandbox, { filesFolder }, never), (error: Error) => {
    assert.match(error.message, /expected at most 8 MiB, found more at .*\/b\.$/);
    return 'code' in error && error.code === 'invalid';
  });
});

test('an aborted signal ends it', async (t) => {
  const { filesFolder, sandbox } = fixture(t);
  writeFileSync(path.join(filesFolder, 'a'), '');
  await assert.rejects(prepareScene(sandbox, { filesFolder }, AbortSignal.abort(new Error('left'))), /left/);
});
