/** Has shellcheck look at the scripts of lessons. Knows nothing about lessons otherwise. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { VALUE_REFERENCE } from '../../../protocol/lesson.ts';
import type { Finding } from './finding.ts';
import { finding, type Source } from './source.ts';

/** Files that are sourced are not there; a solution is typed into a shell, where `cd` without `|| exit` is right. */
const EXCLUDED = ['SC1090', 'SC1091', 'SC2103', 'SC2164', 'SC2148'];
const DEADLINE_MS = 120_000;

const commentSchema = z.object({
  comments: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      column: z.number(),
      level: z.string(),
      code: z.number(),
      message: z.string(),
    }),
  ),
});

/** What shellcheck says about all scripts of these lessons, taken for bash. `program`: its path. */
export async function checkScripts(sources: readonly Source[], program: string): Promise<Finding[]> {
  const scripts = sources.flatMap((source) =>
    source.files
      .filter((name) => /^(?:tasks|values)\/.*\.sh$/.test(name))
      .map((name) => ({ source, file: path.join(source.folder, name) })),
  );
  if (scripts.length === 0) return [];
  const folder = mkdtempSync(path.join(tmpdir(), 'drydock-scripts-'));
  try {
    const copies = new Map(scripts.map((script, index) => [copy(script.file, folder, index), script]));
    const answer = await run(program, [
      '--shell=bash',
      '--format=json1',
      '--severity=info',
      `--exclude=${EXCLUDED.join(',')}`,
      ...copies.keys(),
    ]);
    return commentSchema.parse(JSON.parse(answer)).comments.flatMap((comment) => {
      const script = copies.get(comment.file);
      if (!script) return [];
      const { line, column, level, code, message } = comment;
      return [
        finding(script.source, {
          file: script.file,
          line,
          column,
          severity: level === 'error' || level === 'warning' ? 'error' : 'warning',
          what: `SC${code}`,
          expected: 'a script without faults',
          found: message.replace(/\.$/, ''),
          mend: `see https://www.shellcheck.net/wiki/SC${code}`,
        }),
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A copy with a word of the same length for each value, so that places stay as they are. */
function copy(file: string, folder: string, index: number): string {
  const text = readFileSync(file, 'utf8').replace(VALUE_REFERENCE, (value) => 'v'.repeat(value.length));
  const place = path.join(folder, String(index));
  mkdirSync(place);
  const name = path.join(place, path.basename(file));
  writeFileSync(name, text);
  return name;
}

/** shellcheck exits with 1 when it has found something. */
function run(program: string, args: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: DEADLINE_MS });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.on('error', reject);
  child.on('close', (code) => {
    if (code === 0 || code === 1) resolve(output);
    else reject(new Error(`shellcheck failed (exit code ${code}): ${complaint.trim()}`));
  });
  return promise;
}
