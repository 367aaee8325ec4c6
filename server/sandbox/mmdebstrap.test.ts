import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { startMmdebstrap } from './mmdebstrap.ts';

/** Puts a script in the place of mmdebstrap; without one there is none. */
async function replaceMmdebstrap(t: TestContext, script?: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-mmdebstrap-'));
  if (script !== undefined) {
    await writeFile(join(folder, 'mmdebstrap'), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`, {
      mode: 0o755,
    });
  }
  const before = process.env['PATH'];
  process.env['PATH'] = folder;
  t.after(async () => {
    process.env['PATH'] = before;
    await rm(folder, { recursive: true });
  });
}

const quiet = { onProgress: () => {}, signal: new AbortController().signal };

test('gives the tar, and tells the steps', async (t) => {
  await replaceMmdebstrap(t, 'echo "I: downloading packages with apt..." >&2; printf the-tar');
  const steps: string[] = [];
  const { tar, done } = startMmdebstrap({ ...quiet, onProgress: ({ step }) => steps.push(step) });
  assert.equal(await text(tar), 'the-tar');
  await done;
  assert.deepEqual(steps, ['downloading Debian']);
});

test('a failure carries its last words', async (t) => {
  await replaceMmdebstrap(t, 'printf half-a-tar; echo "E: broken mirror" >&2; exit 3');
  const { tar, done } = startMmdebstrap(quiet);
  await text(tar);
  await assert.rejects(done, { code: 'lab-unavailable', message: /code 3:\nE: broken mirror/ });
});

test('where it is missing, the error says how to install it', async (t) => {
  await replaceMmdebstrap(t);
  const message = /apt-get install --yes mmdebstrap/;
  await assert.rejects(startMmdebstrap(quiet).done, { code: 'lab-unavailable', message });
});

test('an abort ends it with its workers, also while nobody reads the tar', async (t) => {
  // Like the real one: the program waits for a worker and leaves the signal to it.
  await replaceMmdebstrap(t, 'trap : TERM; sh -c "yes" & wait; wait');
  const controller = new AbortController();
  const { done } = startMmdebstrap({ ...quiet, signal: controller.signal });
  const reason = new Error('enough');
  setTimeout(() => controller.abort(reason), 100);
  await assert.rejects(done, reason);
});
