/** What styles must not do. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');

test('no style depends on what is anywhere below an element', () => {
  // With it, each row that a terminal draws has the browser work out the styles of the whole page again.
  const deep = globSync('src/**/*.{css,astro}', { cwd: ROOT }).flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    // `*` on the way down counts as anything too.
    return [...text.matchAll(/:has\((?!\s*[>+~])[^)]*|:has\([^)]*\*[^)]*/g)].map(
      ([found]) => `${file}: ${found}`,
    );
  });
  assert.deepEqual(deep, []);
});
