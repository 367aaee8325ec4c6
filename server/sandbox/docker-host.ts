/** Asks a Docker or Podman engine what its host can give. Knows nothing about single labs. */
import type Docker from 'dockerode';
import type { DockerAddress } from './docker-address.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { gatherFacts, type EngineInfo, type HostFacts } from './host-facts.ts';

/** Milliseconds in which Docker Hub must answer the engine. */
const HUB_MS = 8000;

/** The facts of the engine at the address. Rejects with `engine-unavailable` or `timeout` where it does not answer. */
export async function askHostFacts(docker: Docker, address: DockerAddress): Promise<HostFacts> {
  const info: EngineInfo = await engineCall({ what: 'tell about itself' }, () => docker.info());
  const version = await engineCall({ what: 'tell its version' }, () => docker.version());
  const podman = (version.Components ?? []).some(({ Name }) => /podman/i.test(Name));
  return gatherFacts(info, { podman, local: 'socketPath' in address });
}

/** Whether the engine reaches Docker Hub, by its own proxies and mirrors; undefined where it cannot tell. */
export async function reachesHub(docker: Docker): Promise<boolean | undefined> {
  const image = docker.getImage('debian:bookworm-slim');
  try {
    await engineCall({ what: 'reach Docker Hub', timeoutMs: HUB_MS }, () => image.distribution());
    return true;
  } catch (error) {
    // Podman has no such call.
    return hasStatus(error, 404) ? undefined : false;
  }
}
