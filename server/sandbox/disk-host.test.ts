import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { deletedBytes, PER_FILE, roomOf, sizeOf } from './disk-host.ts';

const signal = AbortSignal.timeout(30_000);
const KB = 1024;
const folder = await mkdtemp(path.join(tmpdir(), 'drydock-disk-'));
test.after(() => rm(folder, { recursive: true }));

test('folders are counted together, and every file counts, also one without content', async () => {
  const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
  await Promise.all([mkdir(one), mkdir(two)]);
  const empty = await sizeOf([one, two], signal);
  await writeFile(path.join(one, 'data'), Buffer.alloc(200 * KB, 1));
  for (let n = 0; n < 50; n++) await writeFile(path.join(two, `empty ${n}`), '');
  const grown = (await sizeOf([one, two], signal)) - empty;
  const expected = 200 * KB + 51 * PER_FILE;
  assert.ok(grown >= expected && grown < expected + 40 * KB, `expected about ${expected}, found ${grown}`);
});

test('folders that are gone are not found', async () => {
  await assert.rejects(sizeOf([path.join(folder, 'nowhere')], signal), { code: 'not-found' });
  assert.equal(await roomOf(path.join(folder, 'nowhere')), undefined);
  assert.ok(((await roomOf(folder)) ?? 0) > 0);
});

/** A program that deletes its file, tells so, and lives on. */
const KEEPS_OPEN = `
const fs = require('node:fs');
const file = process.argv[1];
globalThis.kept = fs.openSync(file, 'w');
fs.writeSync(globalThis.kept, Buffer.alloc(300 * 1024, 1));
fs.fsyncSync(globalThis.kept);
fs.unlinkSync(file);
console.log('deleted');
setInterval(() => {}, 1000);
`;

test('a deleted file counts while a program holds it open, once for all that hold it', async (t) => {
  const child = spawn(process.execPath, ['-e', KEEPS_OPEN, path.join(folder, 'deleted')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  const found = await deletedBytes([pid, pid], signal);
  assert.ok(found >= 300 * KB && found < 400 * KB, `expected about 300 KB, found ${found}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(await deletedBytes([pid], signal), 0);
});
