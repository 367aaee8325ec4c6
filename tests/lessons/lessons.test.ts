/** Every lesson of the repository is without mistakes and is proven in real sandboxes, as `npm run lesson` does it. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { formatFinding } from '../../cli/lesson/lint/finding.ts';
import { lint } from '../../cli/lesson/lint/lint.ts';
import { LessonLab } from '../../cli/lesson/proof/lesson-lab.ts';
import { proofsAtATime } from '../../cli/lesson/proof/patience.ts';
import { prove, type Half } from '../../cli/lesson/proof/prove.ts';
import { reportOf } from '../../cli/lesson/proof/show.ts';
import { lessonFolders } from '../../cli/lesson/select.ts';
import { findShellcheck } from '../../cli/setup/shellcheck.ts';
import { loadCatalog } from '../../server/lessons/catalog.ts';
import { folders, root } from './folders.ts';

let lab: LessonLab;
before(async () => {
  lab = await LessonLab.open(folders.labs);
});
after(() => lab.close());

/** The first of each course, then the second: those that keep the processor busy run beside those that wait. */
const lessons = loadCatalog(folders).lessons.toSorted((one, other) =>
  path.basename(one.folder).localeCompare(path.basename(other.folder)),
);
const HALVES: readonly Half[] = ['tasks', 'text'];

test('the linter finds nothing in any lesson, its scripts included', async () => {
  const shellcheck = findShellcheck();
  assert.ok(shellcheck, 'expected shellcheck, which npm test installs');
  const findings = await lint({ folders, lessons: lessonFolders(folders), shellcheck });
  const told = findings.map((finding) => formatFinding(finding, (file) => path.relative(root, file)));
  assert.deepEqual(told, []);
});

describe('lessons', { concurrency: proofsAtATime() }, () => {
  for (const lesson of lessons) {
    for (const half of HALVES) {
      test(`${lesson.id}: ${half}`, async (t) => {
        const proof = { lab, lessons: [lesson], rounds: 1, root, signal: t.signal, halves: [half] };
        const report = reportOf(await prove(proof));
        assert.equal(report, '');
      });
    }
  }
});
