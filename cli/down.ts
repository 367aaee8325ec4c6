/** `npm run down`: ends all sandboxes of this installation, with all that is in them. Progress stays. */
import path from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../server/config.ts';
import { openDataFolder } from '../server/data-folder.ts';
import { createDockerEngine } from '../server/sandbox/docker.ts';
import { findDocker } from '../server/sandbox/docker-address.ts';
import { exitWithMessage } from './exit.ts';

const root = path.dirname(import.meta.dirname);

try {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.docker !== '') process.env['DOCKER_HOST'] = config.docker;
  const { found } = await findDocker(process.env);
  if (found === undefined) throw new Error('No container engine answers, so no sandbox runs.');
  // Refuses while a server runs: it would start others in their place.
  const data = openDataFolder(path.resolve(root, config.data));
  const engine = createDockerEngine({
    docker: found,
    instance: data.instance,
    log: pino({ level: 'silent' }),
  });
  const sandboxes = await engine.list();
  await Promise.all(sandboxes.map((sandbox) => sandbox.destroy()));
  await engine.close();
  data.release();
  console.log(`Ended ${sandboxes.length} ${sandboxes.length === 1 ? 'sandbox' : 'sandboxes'}.`);
} catch (error) {
  exitWithMessage(error);
}
