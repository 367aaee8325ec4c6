/** Tells a person what to do where no engine answers and the set-up may not help itself. Changes nothing. */
import type { DockerSearch } from '../../server/sandbox/docker-address.ts';
import { installCommand } from './apt.ts';

/** What the set-up found out about the machine. */
export interface Host {
  readonly dockerHost: string | undefined;
  /** Whether this process is root. */
  readonly root: boolean;
  /** Whether a Docker daemon is installed. */
  readonly installed: boolean;
  /** Whether packages are installed with apt-get. */
  readonly apt: boolean;
}

/** The whole message with the exact commands; undefined where the set-up can install and start an engine itself. */
export function explainMissingEngine(
  host: Host,
  search: { tried: DockerSearch['tried']; packages: readonly string[] },
): string | undefined {
  const tried = search.tried.map(({ where, reason }) => `  - ${where}: ${reason}`).join('\n');
  if (host.dockerHost) return `DOCKER_HOST is set, but no engine answers there:\n${tried}`;
  if (host.root && (host.installed || host.apt)) return undefined;
  const intro = ['Drydock needs a container engine (Docker or Podman), and none answers:', tried, ''];
  if (!host.installed && !host.apt) {
    return [
      ...intro,
      'This system has no apt-get, so please install an engine with its own package manager and start it, such as:',
      '  sudo dnf install podman && sudo systemctl start podman.socket',
    ].join('\n');
  }
  return [
    ...intro,
    host.installed ? 'Docker is installed. Start it and let yourself use it:' : 'On Debian or Ubuntu:',
    ...(host.installed ? [] : [`  ${installCommand(search.packages)}`]),
    '  sudo systemctl start docker',
    '  sudo usermod -aG docker "$USER"   # then log in again',
    '',
    'Or run `npm run up` as root: it does this by itself. Or set DOCKER_HOST to an engine that runs elsewhere.',
  ].join('\n');
}
