/** What styles must not do. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Not a child or a neighbour; or on the way further down `*` or `:not()`, which count as anything below. */
const DEEP = /:has\((?!\s*[>+~])|:has\(.*\*|:has\(\s*>[^>]*>.*:not\(/s;

/** What a terminal's rows stand in, asked about anything in it. */
const AROUND =
  /(?:html|:root|body|main|\.workspace|\.pane-lab|\.terminal(?:-screen|-mount)?)(?![\w-])[^\s,{}]*?(?:\s*:not\(\s*)?:has\(/;

// With either, each row that a terminal draws may have the browser work out the styles of the whole page again: it did
// so for 614 elements at each echo, in one page out of five.
test('no style depends on what is anywhere below an element, or on anything below what holds a terminal', () => {
  const found = globSync('src/**/*.{css,astro}', { cwd: ROOT }).flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const asked = [...text.matchAll(/[^,{};]*:has\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g)].map(
      ([one]) => one,
    );
    return asked.filter((one) => DEEP.test(one) || AROUND.test(one)).map((one) => `${file}: ${one}`);
  });
  assert.deepEqual(found, []);
});
