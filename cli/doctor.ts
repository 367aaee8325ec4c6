/** `npm run doctor`: tells what this host can run, and how to mend what it cannot. Ends with code 1 if a lab cannot run. */
import path from 'node:path';
import { readConfig } from '../server/config.ts';
import { findDocker } from '../server/sandbox/docker-address.ts';
import { exitWithMessage } from './exit.ts';
import { examineHost } from './setup/host.ts';
import { formatHostReport } from './setup/host-report.ts';
import { explainNoEngine } from './setup/docker.ts';

const root = path.dirname(import.meta.dirname);

try {
  const { docker } = readConfig(process.argv.slice(2), process.env);
  if (docker !== '') process.env['DOCKER_HOST'] = docker;
  const { found, tried } = await findDocker(process.env);
  if (found === undefined) throw new Error(explainNoEngine(tried));
  const report = await examineHost(root, found);
  console.log(formatHostReport(report));
  process.exitCode = report.labs.every((lab) => lab.lacks.length === 0) ? 0 : 1;
} catch (error) {
  exitWithMessage(error);
}
