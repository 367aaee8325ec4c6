/** `npm run up`: sets up what is missing, then serves the site until Ctrl-C. */
import path from 'node:path';
import { readConfig, type Config } from '../server/config.ts';
import { formatDockerAddress } from '../server/sandbox/docker-address.ts';
import { serve } from '../server/main.ts';
import { ensureDocker } from './setup/docker.ts';
import { ensureSite } from './setup/site.ts';
import { runSteps } from './setup/steps.ts';
import { exitWithMessage } from './exit.ts';

const root = path.dirname(import.meta.dirname);

try {
  const config = readConfig(process.argv.slice(2), process.env);
  const siteFolder = path.join(root, 'dist');
  await setUp(config);
  await serve({ config, root, siteFolder });
} catch (error) {
  exitWithMessage(error);
}

async function setUp(config: Config): Promise<void> {
  if (config.docker !== '') process.env['DOCKER_HOST'] = config.docker;
  let address = '';
  await runSteps([
    [
      {
        title: 'Container engine',
        run: async (say) => void (address = formatDockerAddress(await ensureDocker(say))),
        done: () => `Container engine at ${address}`,
      },
      { title: 'Site', run: (say) => ensureSite(root, say, config.publicUrl), done: () => 'Site is built' },
    ],
  ]);
}
