/** A copy of the project's files that a test may change. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const NAMES = [
  ...['src', 'lessons', 'labs', 'protocol', 'server', 'cli', 'public'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'astro.config.mjs', '.oxlintrc.json'],
];

export interface Tree {
  readonly root: string;
  remove(): void;
}

/** Copies what the site and the server are made of; the packages are shared. */
export function copyTree(): Tree {
  const root = mkdtempSync(path.join(tmpdir(), 'drydock-tree-'));
  for (const name of NAMES) cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
