/** The server as a program: reads the settings, names the engine, listens, and stops when asked to. */
import path from 'node:path';
import { readConfig, type Config } from './config.ts';
import { startDrydock } from './drydock.ts';
import { createLog } from './log.ts';
import { createDockerEngine } from './sandbox/docker.ts';
import { findDocker, parseDockerHost, type DockerAddress } from './sandbox/docker-address.ts';

/** Longest that a stop may take, in milliseconds. */
const STOP_DEADLINE = 8000;

export interface ServeOptions {
  readonly config: Config;
  /** The folder with `lessons/` and `labs/`. */
  readonly root: string;
  /** The built site; undefined in development. */
  readonly siteFolder: string | undefined;
}

/** Serves until the process is told to stop by SIGINT or SIGTERM. Resolves when it listens. */
export async function serve({ config, root, siteFolder }: ServeOptions): Promise<void> {
  const log = createLog(config.logLevel);
  const docker = await dockerAddress(config);
  const drydock = await startDrydock({
    config,
    root,
    siteFolder,
    engine: (instance) => createDockerEngine({ docker, instance, log }),
    log,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stdout.write(
      '\nStopping. Sandboxes go on running and are found again at the next start; `npm run down` ends them.\n',
    );
    setTimeout(() => {
      log.error('could not stop cleanly in time');
      process.exit(1);
    }, STOP_DEADLINE).unref();
    drydock.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(error, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const what = siteFolder === undefined ? 'The server for development' : 'Drydock';
  process.stdout.write(`\n${what} is ready at ${drydock.address}\n\n`);
}

/** The engine's address. Where none answers yet, the usual one: the server waits for it in the background. */
async function dockerAddress(config: Config): Promise<DockerAddress> {
  if (config.docker !== '') return parseDockerHost(config.docker);
  const { found } = await findDocker(process.env);
  return found ?? { socketPath: '/var/run/docker.sock' };
}

if (import.meta.main) {
  const root = path.dirname(import.meta.dirname);
  await serve({ config: readConfig(process.argv.slice(2), process.env), root, siteFolder: undefined });
}
