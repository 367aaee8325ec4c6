import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogLesson } from '../../../server/lessons/catalog.ts';
import { junitOf } from './junit.ts';
import type { Step } from './result.ts';

test('suites, cases, failures and what was skipped, with everything that XML needs escaped', () => {
  const lesson = { id: 'a/b' } as CatalogLesson;
  const steps: Step[] = [
    { name: 'fine', ms: 1500, failures: [], skipped: false },
    {
      name: 'bad',
      ms: 10,
      failures: [{ file: 'x.sh', line: 3, expected: '"<a>"', found: '\u001b[31m&', terminal: ['$ ls'] }],
      skipped: false,
    },
    { name: 'late', ms: 0, failures: [], skipped: true },
  ];
  const text = junitOf([{ lesson, round: 1, ms: 1510, steps }]);
  assert.match(text, /<testsuite name="a\/b" tests="3" failures="1" skipped="1" time="1.51">/);
  assert.match(text, /name="fine" time="1.5"\/>/);
  assert.match(text, /<failure message="expected &quot;&lt;a&gt;&quot;, found \[31m&amp;">x\.sh:3: expected/);
  assert.match(text, /name="late" time="0"><skipped\/>/);
  assert.ok(!text.includes('\u001b'));
});
