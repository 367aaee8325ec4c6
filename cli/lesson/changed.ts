/** Tells from git which lessons have changed. Knows nothing about what is done with them. */
import path from 'node:path';
import { runCommand } from '../setup/command.ts';

/** What a lesson rests on. */
export interface Changeable {
  /** Absolute path. */
  readonly folder: string;
  readonly lab: string;
}

export interface Changes {
  /** What the files were compared with, for people. */
  readonly since: string;
  /** Paths from the project's root. */
  readonly files: readonly string[];
}

/** What every lesson rests on: how sandboxes are started and checks are run. */
const SHARED = ['server/checks/', 'server/sandbox/', 'server/lessons/', 'cli/lesson/', 'package-lock.json'];
/** The first of these that there is, is the main branch. */
const MAIN = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** Files that differ from where this branch left the main one, those that git does not know yet included. */
export async function changedFiles(root: string): Promise<Changes> {
  const git = async (...args: string[]): Promise<string> =>
    (await runCommand(['git', ...args], { cwd: root, timeoutMs: 30_000 })).trim();
  const main = await firstOf(MAIN, (name) => git('merge-base', 'HEAD', name));
  const base = main?.answer ?? 'HEAD';
  const lines = [
    await git('diff', '--name-only', '--relative', base),
    await git('ls-files', '--others', '--exclude-standard'),
  ];
  const head = await git('rev-parse', 'HEAD');
  const since = main === undefined || base === head ? 'HEAD' : `${main.name} (${base.slice(0, 10)})`;
  return { since, files: lines.flatMap((text) => text.split('\n')).filter((file) => file !== '') };
}

/** The lessons among these whose folder, lab or shared parts have changed. */
export function affected<L extends Changeable>(lessons: readonly L[], { files }: Changes, root: string): L[] {
  if (files.some((file) => isShared(file))) return [...lessons];
  return lessons.filter(({ folder, lab }) => {
    const places = [`${path.relative(root, folder)}/`, `labs/${lab}/`];
    return files.some((file) => places.some((place) => file.startsWith(place)));
  });
}

function isShared(file: string): boolean {
  return !file.includes('.test.') && SHARED.some((place) => file.startsWith(place));
}

async function firstOf(
  names: readonly string[],
  ask: (name: string) => Promise<string>,
): Promise<{ name: string; answer: string } | undefined> {
  for (const name of names) {
    const answer = await ask(name).catch(() => '');
    if (answer !== '') return { name, answer };
  }
  return undefined;
}
