/** A lab's folder is all that its image is built from, so what two labs share lies in both: here they are held alike. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const LABS = path.join(import.meta.dirname, '..', '..', 'labs');

/** Each file, and its copy. */
const COPIES = [
  ['python/repack.py', 'docker/images/repack.py'],
  ['python/pip.conf', 'docker/images/pip.conf'],
] as const;

for (const [original, copy] of COPIES) {
  test(`labs/${copy} is the same as labs/${original}`, () => {
    const [expected, found] = [original, copy].map((name) => readFileSync(path.join(LABS, name), 'utf8'));
    assert.equal(found, expected);
  });
}
