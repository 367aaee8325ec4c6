/** Makes sure that a container engine answers: finds one, starts the installed one, or installs Debian's. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDocker, type DockerAddress, type DockerSearch } from '../../server/sandbox/docker-address.ts';
import { canInstall, findProgram, installPackages } from './apt.ts';
import { explainMissingEngine, type Host } from './explain-missing-engine.ts';
import { removeStalePidFile } from './stale-pid-file.ts';

/** What the engine needs of Debian: the daemon, and the means to make a base image where Docker Hub is out of reach. */
const PACKAGES = ['docker.io', 'iptables', 'mmdebstrap'];
/** Where the daemon and the containerd that it starts keep their process ids. */
const PID_FILES = [
  ['/var/run/docker.pid', 'dockerd'],
  ['/var/run/docker/containerd/containerd.pid', 'containerd'],
] as const;
const DAEMON_LOG = '/var/log/drydock-dockerd.log';

/** The address of an engine that answers. Rejects with the exact commands to run where only a person can help. */
export async function ensureDocker(say: (line: string) => void): Promise<DockerAddress> {
  const { found, tried } = await findDocker(process.env);
  if (found !== undefined) {
    await ensureBaseTool(say);
    return found;
  }
  const host = thisHost();
  const explanation = explainMissingEngine(host, { tried, packages: PACKAGES });
  if (explanation !== undefined) throw new Error(explanation);
  if (!host.installed) {
    say('installing Docker (apt-get)');
    await installPackages(PACKAGES, () => undefined);
  }
  await ensureBaseTool(say);
  say('starting the Docker daemon');
  return startDaemon();
}

/** What a person can do where no engine answers; nothing is installed or started by this. */
export function explainNoEngine(tried: DockerSearch['tried']): string {
  // Whoever asks by hand is told the commands also as root.
  return explainMissingEngine({ ...thisHost(), root: false }, { tried, packages: PACKAGES }) ?? '';
}

function thisHost(): Host {
  return {
    dockerHost: process.env['DOCKER_HOST'],
    root: process.getuid?.() === 0,
    installed: findProgram('dockerd') !== undefined,
    apt: findProgram('apt-get') !== undefined,
  };
}

/** mmdebstrap makes the base image when Docker Hub does not answer; small, so it is simply there. */
async function ensureBaseTool(say: (line: string) => void): Promise<void> {
  if (findProgram('mmdebstrap') !== undefined || !canInstall()) return;
  say('installing mmdebstrap (apt-get)');
  await installPackages(['mmdebstrap'], () => undefined);
}

/** Starts the daemon by the system's service manager, or by itself where there is none. It goes on after Drydock. */
async function startDaemon(): Promise<DockerAddress> {
  const init = existsSync('/run/systemd/system');
  if (init) await start('systemctl', ['start', 'docker']);
  else {
    for (const [file, program] of PID_FILES) removeStalePidFile(file, program);
    await start(findProgram('dockerd') ?? 'dockerd', []);
  }
  for (let attempt = 0; attempt < 120; attempt++) {
    const { found } = await findDocker(process.env);
    if (found !== undefined) return found;
    await sleep(500);
  }
  const log = init ? 'journalctl -u docker' : DAEMON_LOG;
  throw new Error(
    `The Docker daemon was started but does not answer after 60 s. Its log: ${log}\n${lastLines(DAEMON_LOG)}`,
  );
}

/** Starts a program in a session of its own, so that neither Ctrl-C nor the end of this process reaches it. */
async function start(program: string, args: readonly string[]): Promise<void> {
  mkdirSync('/var/log', { recursive: true });
  const log = openSync(DAEMON_LOG, 'a', 0o640);
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
  });
  child.unref();
}

/** The end of the daemon's log. */
function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n') : '';
}
