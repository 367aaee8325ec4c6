/** `npm run lesson -- new|check|test|export`: the tools of whoever writes lessons. */
import path from 'node:path';
import { exitWithMessage } from './exit.ts';
import { runLint } from './lesson/check-command.ts';
import { readCommand, USAGE } from './lesson/command-line.ts';
import { runExport } from './lesson/export-command.ts';
import { runNew } from './lesson/new-command.ts';
import { runTest } from './lesson/test-command.ts';

const root = path.dirname(import.meta.dirname);
const folders = { lessons: path.join(root, 'lessons'), labs: path.join(root, 'labs') };

try {
  process.exitCode = await run();
} catch (error) {
  exitWithMessage(error);
}

async function run(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      console.log(USAGE);
      return 0;
    case 'check':
      return runLint(command, folders);
    case 'new':
      return runNew(command, folders);
    case 'test':
      return runTest(command, folders);
    case 'export':
      return runExport(command, folders);
  }
}
