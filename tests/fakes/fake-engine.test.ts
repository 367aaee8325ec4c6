/** The fake engine leaves no shells behind when its process is killed before it can clean up. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { killMarked, markedPids } from './host-process.ts';

const SCRIPT = `
import { createFakeEngine } from ${JSON.stringify(new URL('fake-engine.ts', import.meta.url).href)};
import { labSchema } from ${JSON.stringify(new URL('../../protocol/lab.ts', import.meta.url).href)};
const settings = labSchema.parse({ title: 'A lab' });
const spec = { lab: 'lab', image: 'fake/lab', settings };
const sandbox = await createFakeEngine('killed').create(spec, new AbortController().signal);
const { stdout } = await sandbox.run(['pwd'], { timeoutMs: 10_000, maxOutputBytes: 1000 });
console.log(sandbox.info.id, stdout.trim());
process.kill(process.pid, 'SIGKILL');
`;

test('shells end with their terminal, also when nobody ends them', async (t) => {
  const output = await new Promise<string>((resolve) => {
    const args = ['--input-type=module', '--eval', SCRIPT];
    execFile(process.execPath, args, { timeout: 30_000 }, (_, stdout) => resolve(stdout));
  });
  const [id, folder] = output.trim().split(' ');
  assert.ok(id && folder, `expected an id and a folder, found "${output}"`);
  const mark = `DRYDOCK_FAKE=${id}`;
  t.after(async () => {
    await killMarked(mark);
    await rm(folder, { recursive: true, force: true });
  });
  for (let n = 0; n < 100 && (await markedPids(mark)).length > 0; n += 1) await sleep(100);
  assert.deepEqual(await markedPids(mark), []);
});
