/** What styles must not do. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Not a child or a neighbour; or on the way further down `*` or `:not()`, which count as anything below. */
const DEEP = /:has\((?!\s*[>+~])|:has\(.*\*|:has\(\s*>[^>]*>.*:not\(/s;

test('no style depends on what is anywhere below an element', () => {
  // With it, each row that a terminal draws has the browser work out the styles of the whole page again.
  const deep = globSync('src/**/*.{css,astro}', { cwd: ROOT }).flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const asked = [...text.matchAll(/:has\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g)].map(([found]) => found);
    return asked.filter((one) => DEEP.test(one)).map((one) => `${file}: ${one}`);
  });
  assert.deepEqual(deep, []);
});
