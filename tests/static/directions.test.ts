/** The import directions of the design hold because breaking one fails the static checks. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { runCommand } from '../../cli/setup/command.ts';
import { copyTree, type Tree } from '../support/tree.ts';

let tree: Tree;

before(() => {
  tree = copyTree();
});
after(() => tree.remove());

/** What a check says about a file of this text in the tree; undefined when it finds nothing. */
async function complaint(
  file: string,
  text: string,
  argv: readonly [string, ...string[]],
): Promise<string | undefined> {
  const full = path.join(tree.root, file);
  writeFileSync(full, text);
  try {
    await runCommand([process.execPath, ...argv], { cwd: tree.root, timeoutMs: 60_000 });
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(full);
  }
}

const FORBIDDEN: readonly { file: string; imports: string }[] = [
  { file: 'protocol/broken.ts', imports: 'node:fs' },
  { file: 'protocol/broken.ts', imports: '../server/errors.ts' },
  { file: 'src/client/broken.ts', imports: '../../server/errors.ts' },
  { file: 'src/client/broken.ts', imports: 'node:fs' },
  { file: 'server/terminal/broken.ts', imports: 'dockerode' },
  { file: 'server/terminal/broken.ts', imports: '../sandbox/docker.ts' },
  { file: 'server/checks/broken.ts', imports: '../sandbox/pool.ts' },
  { file: 'server/checks/broken.ts', imports: '../http/origin.ts' },
  { file: 'server/sandbox/broken.ts', imports: '../terminal/terminals.ts' },
  { file: 'server/sandbox/registry-broken.ts', imports: 'fastify' },
  // The copy's own file is replaced: the rule names it.
  { file: 'server/sandbox/registry.ts', imports: './docker.ts' },
  { file: 'server/progress/broken.ts', imports: '../sandbox/engine.ts' },
  { file: 'server/http/broken.ts', imports: '../sandbox/docker.ts' },
];
const ALLOWED: readonly { file: string; imports: string }[] = [
  { file: 'protocol/fine.ts', imports: 'zod' },
  { file: 'protocol/fine.ts', imports: './flow.ts' },
  { file: 'src/client/fine.ts', imports: '../../protocol/flow.ts' },
  { file: 'server/terminal/fine.ts', imports: '../sandbox/engine.ts' },
  { file: 'server/http/fine.ts', imports: '../terminal/terminals.ts' },
];

const lint = (file: string, imports: string): Promise<string | undefined> =>
  complaint(file, `import * as all from '${imports}';\nexport const used = all;\n`, [
    path.join('node_modules', 'oxlint', 'bin', 'oxlint'),
    file,
  ]);

for (const { file, imports } of FORBIDDEN) {
  test(`${path.dirname(file)} may not import ${imports}`, async () => {
    assert.match((await lint(file, imports)) ?? 'nothing found', /no-restricted-imports/);
  });
}

for (const { file, imports } of ALLOWED) {
  test(`${path.dirname(file)} may import ${imports}`, async () => {
    assert.equal(await lint(file, imports), undefined);
  });
}

test('protocol knows neither the DOM nor Node', async () => {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'protocol/tsconfig.json'] as const;
  const text = 'export const both = [document.title, process.pid];\n';
  const found = (await complaint('protocol/broken.ts', text, tsc)) ?? 'nothing found';
  assert.match(found, /Cannot find name 'document'/);
  assert.match(found, /Cannot find name 'process'/);
});
