/** Finds the Docker (or Podman) engine of this machine. Knows nothing about what it is used for. */
import { request, type RequestOptions } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an engine listens. */
export type DockerAddress =
  { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** The outcome of a search: the first address that answered, and what did not, in the order of preference. */
export interface DockerSearch {
  readonly found: DockerAddress | undefined;
  readonly tried: readonly { readonly where: string; readonly reason: string }[];
}

/** Milliseconds an engine may take to answer a ping. */
const PING_MS = 3000;

/**
 * Tries `DOCKER_HOST`, then the usual sockets of Docker and Podman, all at once, and prefers the earliest of the list
 * that answers. Never rejects; takes at most about 3 s.
 */
export async function findDocker(env: NodeJS.ProcessEnv): Promise<DockerSearch> {
  const tries = await Promise.all(
    candidates(env).map(async (candidate) => ({ ...candidate, reason: await whyNot(candidate) })),
  );
  const index = tries.findIndex((one) => one.reason === undefined);
  const before = index < 0 ? tries : tries.slice(0, index);
  return {
    found: tries[index]?.address,
    tried: before.map(({ where, reason }) => ({ where, reason: reason ?? '' })),
  };
}

/** An address as people write it, such as `unix:///var/run/docker.sock`. */
export function formatDockerAddress(address: DockerAddress): string {
  return 'socketPath' in address ? `unix://${address.socketPath}` : `tcp://${address.host}:${address.port}`;
}

/** A value of `DOCKER_HOST`, `unix:///path` or `tcp://host:port`. Throws an Error that names expected and found. */
export function parseDockerHost(value: string): DockerAddress {
  if (value.startsWith('unix://') && value.length > 'unix://'.length) {
    return { socketPath: value.slice('unix://'.length) };
  }
  const match = /^(?:tcp|http):\/\/(\[[0-9a-f:]+\]|[^:/]+)(?::(\d+))?\/?$/i.exec(value);
  if (match?.[1] !== undefined) {
    return { host: match[1].replace(/^\[|\]$/g, ''), port: Number(match[2] ?? 2375) };
  }
  throw new Error(`expected unix:///path/to/socket or tcp://host:port, found "${value}"`);
}

interface Candidate {
  readonly where: string;
  readonly address: DockerAddress | undefined;
  readonly problem?: string;
}

function candidates(env: NodeJS.ProcessEnv): Candidate[] {
  const home = env['HOME'] ?? homedir();
  const runtime = env['XDG_RUNTIME_DIR'];
  const sockets = [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'podman/podman.sock')] : []),
  ];
  const usual = sockets.map((socketPath) => ({ where: `unix://${socketPath}`, address: { socketPath } }));
  const host = env['DOCKER_HOST'];
  if (!host) return usual;
  const where = `DOCKER_HOST=${host}`;
  if (env['DOCKER_TLS_VERIFY']) {
    return [
      { where, address: undefined, problem: 'TLS is not supported; use unix:// or a tunnel' },
      ...usual,
    ];
  }
  try {
    return [{ where, address: parseDockerHost(host) }, ...usual];
  } catch (error) {
    return [
      { where, address: undefined, problem: error instanceof Error ? error.message : String(error) },
      ...usual,
    ];
  }
}

/** Undefined where an engine answers there, else the reason for people. */
async function whyNot(candidate: Candidate): Promise<string | undefined> {
  if (candidate.address === undefined) return candidate.problem ?? 'no address';
  const target: RequestOptions = { ...candidate.address, path: '/_ping', method: 'GET' };
  return new Promise((resolve) => {
    const ping = request({ ...target, signal: AbortSignal.timeout(PING_MS), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? undefined : `answers with HTTP status ${response.statusCode}`);
    });
    ping.on('error', (error: NodeJS.ErrnoException) => resolve(reasonOf(error)));
    ping.end();
  });
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `no answer within ${PING_MS / 1000} s`;
  if (error.code === 'ENOENT') return 'no such socket';
  if (error.code === 'ECONNREFUSED') return 'nobody listens there';
  if (error.code === 'EACCES') return 'permission denied';
  return error.message;
}
