/** The checks that read the code without running it. */
import path from 'node:path';
import { runCommand } from './command.ts';

export interface StaticCheck {
  readonly name: string;
  /** A script of an installed package, run by this Node. */
  readonly argv: readonly [string, ...string[]];
}

const tsc = 'node_modules/typescript/bin/tsc';

export const STATIC_CHECKS: readonly StaticCheck[] = [
  { name: 'types of server, cli and tests', argv: [tsc, '-p', 'tsconfig.json'] },
  { name: 'types of the browser tests', argv: [tsc, '-p', 'tests/e2e/tsconfig.json'] },
  { name: 'types of the bench in the page', argv: [tsc, '-p', 'tests/bench/in-page/tsconfig.json'] },
  { name: 'types of protocol, without DOM or Node', argv: [tsc, '-p', 'protocol/tsconfig.json'] },
  // Writes the types of the lessons' collection, which those of the site stand on; a build has them too.
  { name: 'schema of the lessons', argv: ['node_modules/astro/bin/astro.mjs', 'sync', '--silent'] },
  {
    name: 'types of the site',
    // The program drops its first two arguments, as if they were those of Node.
    argv: [
      'node_modules/@astrojs/check/bin/astro-check.js',
      ...['-', '-'],
      ...['--root', 'src', '--tsconfig', 'tsconfig.json', '--minimumFailingSeverity', 'warning'],
    ],
  },
  {
    name: 'lint and import directions',
    argv: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'],
  },
  { name: 'format', argv: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
];

/** Undefined when nothing was found, else what was. */
export async function runStaticCheck(root: string, check: StaticCheck): Promise<string | undefined> {
  const [script, ...args] = check.argv;
  try {
    await runCommand([process.execPath, path.join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
      timeoutMs: 300_000,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
