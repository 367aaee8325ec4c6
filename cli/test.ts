/** `npm test`: sets up what the tests need, runs all of them, and ends with one line `N passed, N failed`. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { exitWithMessage } from './exit.ts';
import { ensureChromium } from './setup/chromium.ts';
import { ensureDocker } from './setup/docker.ts';
import { ensureLabs } from './setup/labs.ts';
import { ensureShellcheck } from './setup/shellcheck.ts';
import { ensureSite } from './setup/site.ts';
import { STATIC_CHECKS, runStaticCheck } from './setup/static-checks.ts';
import { runSteps } from './setup/steps.ts';

/** Files of a group run in processes of their own, this many at a time: what looks at the whole engine, or measures, runs
 * alone. */
interface Group {
  readonly name: string;
  readonly files: readonly string[];
  readonly concurrency: number;
  /** Milliseconds that one test file may take. */
  readonly timeout: number;
}

const GROUPS: readonly Group[] = [
  {
    name: 'Unit tests',
    files: ['{protocol,server,cli}/**/*.test.ts', 'src/**/*.test.ts', 'tests/{http,static}/**/*.test.ts'],
    concurrency: 2,
    timeout: 60_000,
  },
  { name: 'Build of the site', files: ['tests/site/**/*.test.ts'], concurrency: 1, timeout: 120_000 },
  { name: 'Contract suites', files: ['tests/contract/**/*.test.ts'], concurrency: 2, timeout: 180_000 },
  { name: 'Lessons', files: ['tests/lessons/**/*.test.ts'], concurrency: 2, timeout: 1_800_000 },
  { name: 'Labs', files: ['tests/labs/**/*.test.ts'], concurrency: 1, timeout: 600_000 },
  { name: 'Abuse', files: ['tests/abuse/**/*.test.ts'], concurrency: 1, timeout: 300_000 },
  { name: 'Browser tests', files: ['tests/e2e/**/*.test.ts'], concurrency: 1, timeout: 300_000 },
];

const root = path.dirname(import.meta.dirname);
const only = process.argv.slice(2);
const count = { passed: 0, failed: 0 };

try {
  await setUp();
  if (only.length === 0) await checkStatically();
  for (const group of GROUPS) await runGroup(group);
} catch (error) {
  exitWithMessage(error);
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
// Exits even if something still holds the event loop; nothing tested is a failure.
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

async function setUp(): Promise<void> {
  await runSteps([
    [
      { title: 'Container engine', run: ensureDocker },
      { title: 'Site', run: (say) => ensureSite(root, say) },
    ],
    [
      { title: 'Lab images', run: (say) => ensureLabs(root, say) },
      {
        title: 'Chromium',
        run: async (say) => void (process.env['CHROMIUM_PATH'] = await ensureChromium(say)),
      },
    ],
    // Not beside the browser: apt installs one thing at a time.
    [{ title: 'shellcheck', run: ensureShellcheck }],
  ]);
}

async function checkStatically(): Promise<void> {
  console.log('\n# Static checks');
  for (const check of STATIC_CHECKS) {
    const problem = await runStaticCheck(root, check);
    count[problem === undefined ? 'passed' : 'failed']++;
    console.log(
      `${problem === undefined ? '✔' : '✖'} ${check.name}${problem === undefined ? '' : `\n${problem}`}`,
    );
  }
}

/** Runs the files of a group, or those of them whose path contains one of the given words. */
async function runGroup(group: Group): Promise<void> {
  const files = globSync([...group.files], { cwd: root })
    .filter((file) => only.length === 0 || only.some((word) => file.includes(word)))
    .map((file) => path.join(root, file))
    .toSorted();
  if (files.length === 0) return;
  console.log(`\n# ${group.name}`);
  const began = performance.now();
  const stream = run({ files, concurrency: group.concurrency, timeout: group.timeout, cwd: root });
  stream.on('test:pass', (event) => {
    if (event.details.type !== 'suite' && event.skip === undefined && event.todo === undefined)
      count.passed++;
  });
  stream.on('test:fail', (event) => {
    if (event.details.type !== 'suite') count.failed++;
  });
  const report = stream.compose(spec);
  for await (const chunk of report) process.stdout.write(chunk);
  console.log(`${group.name}: ${Math.round((performance.now() - began) / 1000)} s`);
}
