import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { removeStalePidFile } from './stale-pid-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'drydock-pid-'));
const file = path.join(folder, 'daemon.pid');
after(() => rmSync(folder, { recursive: true }));

/** Whether the file is still there after the look. */
function stays(pid: number | string, program: string): boolean {
  writeFileSync(file, `${pid}\n`);
  removeStalePidFile(file, program);
  return existsSync(file);
}

test('the file of a daemon that runs stays, that of any other goes', async () => {
  const daemon = spawn('sleep', ['60']);
  await once(daemon, 'spawn');
  const pid = daemon.pid ?? 0;
  assert.equal(stays(pid, 'sleep'), true);
  assert.equal(stays(pid, 'dockerd'), false, 'another program has the id');
  daemon.kill('SIGKILL');
  await once(daemon, 'exit');
  assert.equal(stays(pid, 'sleep'), false, 'it is gone');
});

test('a zombie is not running', async () => {
  // The child outlives the shell that started it, whose place is taken by a program that asks for no child's end.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = line.toString().trim();
  const isZombie = (): boolean => readFileSync(`/proc/${pid}/stat`, 'utf8').includes('(sleep) Z');
  for (let waited = 0; !isZombie() && waited < 200; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(isZombie(), true);
  assert.equal(stays(pid, 'sleep'), false);
  parent.kill('SIGKILL');
});

test('a file that is not there, or holds no id, harms nobody', () => {
  rmSync(file, { force: true });
  removeStalePidFile(file, 'dockerd');
  assert.equal(stays('', 'dockerd'), false);
  assert.equal(stays('not a number', 'dockerd'), false);
});
