import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import tar from 'tar-stream';
import { readContext } from './docker-context.ts';

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-context-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
  await mkdir(join(folder, 'files'));
  await writeFile(join(folder, 'files/run.sh'), 'echo\n', { mode: 0o755 });
  await symlink('run.sh', join(folder, 'files/link'));
  return folder;
}

test('the hash depends on names, contents and the executable bit, and on nothing else', async (t) => {
  const folder = await makeFolder(t);
  const { hash } = await readContext(folder);
  const same = async () => assert.equal((await readContext(folder)).hash, hash);
  const different = async () => assert.notEqual((await readContext(folder)).hash, hash);

  await utimes(join(folder, 'Dockerfile'), 1, 1);
  await chmod(join(folder, 'Dockerfile'), 0o600);
  await same();
  await chmod(join(folder, 'files/run.sh'), 0o644);
  await different();
  await chmod(join(folder, 'files/run.sh'), 0o755);
  await same();
  await writeFile(join(folder, 'files/run.sh'), 'exit\n');
  await different();
  await writeFile(join(folder, 'files/run.sh'), 'echo\n');
  await writeFile(join(folder, 'empty'), '');
  await different();
});

test('the tar holds the folder', async (t) => {
  const context = await readContext(await makeFolder(t));
  assert.equal(context.dockerfile, 'FROM scratch\n');
  const found: string[] = [];
  for await (const entry of context.pack().pipe(tar.extract())) {
    const { name, type, mode, linkname } = entry.header;
    found.push([name, type, type === 'file' ? mode.toString(8) : linkname].join(' '));
    entry.resume();
  }
  assert.deepEqual(found, ['Dockerfile file 644', 'files/link symlink run.sh', 'files/run.sh file 755']);
});

test('a folder without a Dockerfile, or none at all, is named', async (t) => {
  const folder = await makeFolder(t);
  await rm(join(folder, 'Dockerfile'));
  await assert.rejects(readContext(folder), {
    code: 'lab-unavailable',
    message: /Expected a Dockerfile in .*found none/,
  });
  await assert.rejects(readContext(join(folder, 'nowhere')), {
    code: 'lab-unavailable',
    message: /cannot be read/,
  });
});

test('further steps are part of the Dockerfile, of the tar and of the hash', async (t) => {
  const plain = await readContext(await makeFolder(t));
  const context = plain.withDockerfile(`${plain.dockerfile}\nUSER root\n`);
  assert.equal(context.dockerfile, 'FROM scratch\n\nUSER root\n');
  assert.equal(context.text('Dockerfile'), context.dockerfile);
  assert.equal(context.text('files/run.sh'), 'echo\n');
  assert.equal(context.text('files/none'), undefined);
  assert.notEqual(context.hash, plain.hash);
});

test('a link that leads out of the folder stands for the file it leads to', async (t) => {
  const folder = await makeFolder(t);
  const shared = join(folder, '..', `shared-${process.pid}.json`);
  t.after(() => rm(shared));
  await writeFile(shared, '{}');
  await symlink(`../shared-${process.pid}.json`, join(folder, 'profile.json'));
  const before = await readContext(folder);
  assert.equal(before.text('profile.json'), '{}');
  await writeFile(shared, '{"a":1}');
  assert.notEqual((await readContext(folder)).hash, before.hash);
});
