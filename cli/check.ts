/** `npm run check`: types, lint with import directions, and format. Ends with code 1 if anything is found. */
import path from 'node:path';
import { STATIC_CHECKS, runStaticCheck } from './setup/static-checks.ts';

const root = path.dirname(import.meta.dirname);
const failed: string[] = [];

for (const check of STATIC_CHECKS) {
  const problem = await runStaticCheck(root, check);
  console.log(`${problem === undefined ? '✔' : '✖'} ${check.name}`);
  if (problem === undefined) continue;
  failed.push(check.name);
  console.log(problem);
}
process.exitCode = failed.length > 0 ? 1 : 0;
