/** A lesson as the linter reads it: also one that is faulty. Knows no rule. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Root } from 'mdast';
import { parse } from 'yaml';
import { MdxError, parseMdx } from '../mdx.ts';
import type { LessonFolder } from '../select.ts';
import type { Finding } from './finding.ts';

/** A task, as far as its frontmatter says. */
export interface SourceTask {
  readonly id: string;
  readonly kind: 'exercise' | 'quiz';
}

export interface Source extends LessonFolder {
  /** Absolute path of index.mdx. */
  readonly file: string;
  readonly text: string;
  /** Undefined where the text is not MDX. */
  readonly root: Root | undefined;
  readonly mdxError: MdxError | undefined;
  readonly tasks: readonly SourceTask[];
  /** Names of values with their kinds. */
  readonly values: ReadonlyMap<string, string>;
  /** Ids of the glossary. */
  readonly terms: readonly string[];
  readonly duration: number | undefined;
  /** Files in the folder, as paths from it. */
  readonly files: readonly string[];
}

/** Reads a lesson; undefined where there is no index.mdx. */
export function readSource(lesson: LessonFolder, terms: readonly string[]): Source | undefined {
  const file = path.join(lesson.folder, 'index.mdx');
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const front = frontmatterOf(text);
  const values = isRecord(front['values']) ? Object.entries(front['values']) : [];
  const files = readdirSync(lesson.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(lesson.folder, path.join(entry.parentPath, entry.name)));
  return {
    ...lesson,
    file,
    text,
    ...treeOf(text),
    terms,
    tasks: tasksOf(front['tasks']),
    values: new Map(values.map(([name, kind]) => [name, String(kind)])),
    duration: typeof front['duration'] === 'number' ? front['duration'] : undefined,
    files: files.toSorted(),
  };
}

/** A finding in a lesson's text; what is not given is the beginning of the file. */
export function finding(
  source: Pick<Source, 'file'>,
  found: Pick<Finding, 'expected' | 'found' | 'mend'> & Partial<Finding>,
): Finding {
  return { severity: 'error', file: source.file, line: 1, column: 1, what: '', ...found };
}

function treeOf(text: string): Pick<Source, 'root' | 'mdxError'> {
  try {
    return { root: parseMdx(text), mdxError: undefined };
  } catch (error) {
    if (error instanceof MdxError) return { root: undefined, mdxError: error };
    throw error;
  }
}

/** What the frontmatter holds; nothing where it is faulty, which the catalog tells. */
function frontmatterOf(text: string): Record<string, unknown> {
  try {
    const data: unknown = parse(/^---\r?\n([\s\S]*?)^---\s*$/m.exec(text)?.[1] ?? '');
    return isRecord(data) ? data : {};
  } catch {
    return {};
  }
}

function tasksOf(tasks: unknown): SourceTask[] {
  return (Array.isArray(tasks) ? tasks : []).flatMap((task: unknown): SourceTask[] => {
    if (!isRecord(task) || typeof task['id'] !== 'string') return [];
    return [{ id: task['id'], kind: task['kind'] === 'quiz' ? 'quiz' : 'exercise' }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
