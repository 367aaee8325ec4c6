/** `npm run lesson -- test`: proves lessons in real sandboxes. Knows the order of things, not how they are done. */
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { loadCatalog, type CatalogFolders, type CatalogLesson } from '../../server/lessons/catalog.ts';
import { ensureDocker } from '../setup/docker.ts';
import { affected, changedFiles } from './changed.ts';
import type { Command } from './command-line.ts';
import { junitOf } from './proof/junit.ts';
import { LessonLab } from './proof/lesson-lab.ts';
import { prove } from './proof/prove.ts';
import { failuresOf, type LessonResult } from './proof/result.ts';
import { reportOf, tableOf, watchLessons } from './proof/show.ts';
import { selectLessons } from './select.ts';

type TestCommand = Extract<Command, { name: 'test' }>;

/** Exit code: 0 when every lesson is proven, 130 after Ctrl-C, else 1. Throws for faulty lessons and wrong paths. */
export async function runTest(command: TestCommand, folders: CatalogFolders): Promise<number> {
  const root = path.dirname(folders.lessons);
  const chosen = new Set(selectLessons(folders, command.paths).map(({ folder }) => folder));
  const all = loadCatalog(folders).lessons.filter(({ folder }) => chosen.has(folder));
  const lessons = command.changed ? await onlyChanged(all, root) : all;
  if (lessons.length === 0) {
    if (command.changed) return 0;
    console.error(`Expected lessons in ${folders.lessons}, found none: nothing was tested.`);
    return 1;
  }
  await ensureDocker((line) => console.log(line));
  const stop = stopOnSignals();
  try {
    const results = await proveAll(command, { lessons, folders, signal: stop.signal });
    if (results === undefined) return 128 + constants.signals.SIGINT;
    if (process.stdout.isTTY) console.log(`\n${tableOf(results)}`);
    const report = reportOf(results);
    if (report !== '') console.log(`\n${report}`);
    if (command.junit !== undefined) {
      writeFileSync(path.resolve(process.env['INIT_CWD'] ?? '.', command.junit), junitOf(results));
    }
    const failed = results.filter((result) => failuresOf(result).length > 0).length;
    console.log(`\n${results.length - failed} of ${results.length} proofs passed.`);
    return failed === 0 ? 0 : 1;
  } finally {
    stop.end();
  }
}

async function onlyChanged(lessons: readonly CatalogLesson[], root: string): Promise<CatalogLesson[]> {
  const changes = await changedFiles(root);
  const some = affected(lessons, changes, root);
  const names = some.map(({ id }) => id).join(', ');
  console.log(
    `Changed since ${changes.since}: ${names === '' ? 'no lesson, so there is nothing to test' : names}.`,
  );
  return some;
}

/** The results; undefined when it was stopped. No sandbox is left in either case. */
async function proveAll(
  { repeat }: TestCommand,
  what: { lessons: readonly CatalogLesson[]; folders: CatalogFolders; signal: AbortSignal },
): Promise<LessonResult[] | undefined> {
  const { lessons, folders, signal } = what;
  const root = path.dirname(folders.lessons);
  const lab = await LessonLab.open(folders.labs);
  const watcher = watchLessons(lessons, repeat, process.stdout.isTTY);
  try {
    return await prove({ lab, lessons, rounds: repeat, root, signal }, watcher);
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error('\nStopped. Removing the sandboxes ...');
    return undefined;
  } finally {
    await watcher.close();
    await lab.close();
  }
}

/** Aborted by the first Ctrl-C or request to end; a second one ends the process at once. */
function stopOnSignals(): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, stop);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}
