/** Reads what is written about the labs. Knows nothing about images or how they are built. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { labSchema } from '../../protocol/lab.ts';
import { SLUG } from '../../protocol/lesson.ts';
import type { LabSource } from '../sandbox/engine.ts';
import { linkBases } from './lab-bases.ts';
import { labProblems } from './lab-rules.ts';
import { AuthoringError, type Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';

/**
 * The labs below `folder`, by name. Throws an `AuthoringError` with every fault of every lab: file, line, field, what
 * was expected and what was found. Folders whose name starts with a dot are not looked at.
 */
export function readLabs(folder: string): LabSource[] {
  const problems: Problem[] = [];
  const sources = labFolders(folder).map((lab) => readLab(lab, problems));
  const labs = linkBases(
    sources.filter((source) => source !== undefined),
    (problem) => problems.push(problem),
  );
  if (problems.length > 0) throw new AuthoringError(problems);
  return labs;
}

function labFolders(folder: string): string[] {
  if (!existsSync(folder)) {
    const name = path.basename(folder);
    throw new AuthoringError([
      wholeFile(name, { expected: 'a folder with one folder for each lab', found: 'none' }),
    ]);
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
    .toSorted();
}

function readLab(folder: string, problems: Problem[]): LabSource | undefined {
  const name = path.basename(folder);
  const shown = path.join(path.basename(path.dirname(folder)), name);
  if (!SLUG.test(name)) {
    const expected = 'a folder name of lower-case words joined by hyphens';
    problems.push(wholeFile(shown, { expected, found: `"${name}"` }));
    return undefined;
  }
  for (const needed of ['Dockerfile', 'lab.yaml']) {
    if (existsSync(path.join(folder, needed))) continue;
    problems.push(wholeFile(shown, { expected: `a file ${needed}`, found: 'none' }));
  }
  const source = path.join(folder, 'lab.yaml');
  if (!existsSync(source) || !existsSync(path.join(folder, 'Dockerfile'))) return undefined;
  const file = path.join(shown, 'lab.yaml');
  const result = readYaml({ file, text: readFileSync(source, 'utf8') }, labSchema);
  if ('problems' in result) {
    problems.push(...result.problems);
    return undefined;
  }
  const settings = result.value;
  problems.push(...labProblems({ folder, file, settings, at: result.at }));
  return { name, folder, settings };
}

function wholeFile(file: string, fault: { expected: string; found: string }): Problem {
  return { file, line: 1, column: 1, field: '', ...fault };
}
