/** Finds out what this host can run. Changes nothing: installs, starts, builds and pulls nothing. */
import path from 'node:path';
import type Docker from 'dockerode';
import { readLabs } from '../../server/lessons/read-labs.ts';
import { formatDockerAddress, type DockerAddress } from '../../server/sandbox/docker-address.ts';
import { engineCall, hasStatus } from '../../server/sandbox/docker-calls.ts';
import { askHostFacts, reachesHub } from '../../server/sandbox/docker-host.ts';
import { labImageName } from '../../server/sandbox/docker-image.ts';
import { dockerClient } from '../../server/sandbox/docker-client.ts';
import type { LabSource } from '../../server/sandbox/engine.ts';
import type { HostFacts } from '../../server/sandbox/host-facts.ts';
import { lacksOf, type Lack } from '../../server/sandbox/host-lacks.ts';

/** What one lab finds on this host. */
export interface LabReport {
  readonly name: string;
  /** What one of its sandboxes may take. */
  readonly memoryMb: number;
  /** How many are kept started. */
  readonly warm: number;
  /** Whether its image, as its folder stands, is built. */
  readonly built: boolean;
  /** Empty where it can run. */
  readonly lacks: readonly Lack[];
}

/** What this host is and what it can run. */
export interface HostReport {
  readonly address: string;
  readonly facts: HostFacts;
  /** Whether the engine reaches Docker Hub; undefined where it cannot tell. */
  readonly hub: boolean | undefined;
  readonly labs: readonly LabReport[];
}

/** Asks the engine at the address. Rejects with an `AuthoringError` for faulty labs, and where the engine does not answer. */
export async function examineHost(root: string, address: DockerAddress): Promise<HostReport> {
  const sources = readLabs(path.join(root, 'labs'));
  const docker = dockerClient(address);
  const [facts, hub] = await Promise.all([askHostFacts(docker, address), reachesHub(docker)]);
  const labs: LabReport[] = [];
  for (const lab of sources) {
    const { limits, warm } = lab.settings;
    const built = await isBuilt(docker, lab);
    const lacks = lacksOf(lab.settings, facts);
    labs.push({ name: lab.name, memoryMb: limits.memoryMb, warm, built, lacks });
  }
  return { address: formatDockerAddress(address), facts, hub, labs };
}

async function isBuilt(docker: Docker, lab: LabSource): Promise<boolean> {
  const name = await labImageName(lab);
  try {
    await engineCall({ what: 'look for an image' }, () => docker.getImage(name).inspect());
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}
