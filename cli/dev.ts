/** `npm run dev`: the site with edits shown at once, and the server started again when its code changes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { dev } from 'astro';
import { readConfig } from '../server/config.ts';
import { exitWithMessage } from './exit.ts';
import { ensureDocker } from './setup/docker.ts';
import { runSteps } from './setup/steps.ts';

const root = path.dirname(import.meta.dirname);

try {
  const config = readConfig(process.argv.slice(2), process.env);
  if (config.docker !== '') process.env['DOCKER_HOST'] = config.docker;
  await runSteps([[{ title: 'Container engine', run: ensureDocker }]]);
  // The page talks to the site's address alone; the site hands /api on to the server beside it.
  const server = startServer(config.port + 1);
  process.env['DRYDOCK_SERVER'] = `http://127.0.0.1:${config.port + 1}`;
  const site = await dev({ root, server: { host: config.host, port: config.port } });
  process.stdout.write(
    `\nDrydock is ready at http://${config.host}:${config.port}; edits appear at once.\n\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop({ server, site }));
  }
} catch (error) {
  exitWithMessage(error);
}

function startServer(port: number): ChildProcess {
  const watched = ['server', 'protocol', 'labs'].map((folder) => `--watch-path=${path.join(root, folder)}`);
  const main = path.join(root, 'server', 'main.ts');
  // The same settings, but for the address: of two flags the last one counts.
  const settings = [...process.argv.slice(2), '--host', '127.0.0.1', '--port', `${port}`];
  return spawn(process.execPath, [...watched, '--watch-preserve-output', main, ...settings], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function stop(running: { server: ChildProcess; site: { stop(): Promise<void> } }): Promise<void> {
  const ended = once(running.server, 'exit');
  running.server.kill('SIGTERM');
  await Promise.all([ended, running.site.stop()]);
  process.exit(0);
}
