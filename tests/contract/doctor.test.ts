/** `npm run doctor` on this host, as a person runs it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { requireDocker } from './docker-harness.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

test(
  'the doctor tells about the engine and every lab, and its exit code sums it up',
  { timeout: 60_000 },
  async () => {
    await requireDocker();
    const command = [path.join(root, 'cli', 'doctor.ts')];
    const { stdout, stderr, status } = spawnSync(process.execPath, command, {
      encoding: 'utf8',
      timeout: 50_000,
    });
    assert.equal(stderr, '');
    assert.match(stdout, /^Engine +(Docker|Podman) \S+ at (unix|tcp):\/\//);
    for (const lab of readdirSync(path.join(root, 'labs'))) {
      assert.match(stdout, new RegExp(`^${lab} +(built|not built yet) +\\d+ MB +\\d+ +(yes|no)$`, 'm'));
    }
    const unable = /^\d+ of \d+ labs cannot run on this host\.$/m.test(stdout);
    assert.equal(status, unable ? 1 : 0);
    assert.equal(/^All labs can run on this host\.$/m.test(stdout), !unable);
  },
);
