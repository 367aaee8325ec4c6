/** The Docker engine of this host, for contract tests. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { pino } from 'pino';
import { labSchema } from '../../protocol/lab.ts';
import { findDocker, type DockerAddress } from '../../server/sandbox/docker-address.ts';
import { createDockerEngine } from '../../server/sandbox/docker.ts';
import type { LabSource, SandboxEngine } from '../../server/sandbox/engine.ts';
import type { EngineHarness } from './engine-fixture.ts';

const DOCKERFILE = `FROM drydock/debian:bookworm
RUN useradd --create-home --shell /bin/bash student
`;

/** A harness, and what tests of Docker alone need besides. */
export interface DockerHarness extends EngineHarness {
  readonly docker: Docker;
}

/** The address of this host's engine; throws where there is none, naming what was tried. */
export async function requireDocker(): Promise<DockerAddress> {
  const { found, tried } = await findDocker(process.env);
  if (found !== undefined) return found;
  throw new Error(
    `expected a container engine, found none: ${tried.map((one) => `${one.where}: ${one.reason}`).join('; ')}`,
  );
}

/** A harness with a lab of its own that is as small as can be. `dispose` removes its image and keeps the base. */
export async function makeDockerHarness(): Promise<DockerHarness> {
  const address = await requireDocker();
  const docker = new Docker({ host: undefined, port: undefined, socketPath: undefined, ...address });
  const folder = await mkdtemp(join(tmpdir(), 'drydock-contract-'));
  const suffix = randomBytes(4).toString('hex');
  const lab = await writeLab(join(folder, 'lab'), `contract-${suffix}`, DOCKERFILE);
  const broken = 'FROM drydock/debian:bookworm\nRUN echo a-word-of-its-own && false\n';
  const brokenLab = await writeLab(join(folder, 'broken'), `contract-broken-${suffix}`, broken);
  const engines: SandboxEngine[] = [];
  return {
    docker,
    lab,
    brokenLab,
    connect: (instance) => {
      const engine = createDockerEngine({ docker: address, instance, log: pino({ level: 'silent' }) });
      engines.push(engine);
      return engine;
    },
    leftovers: async (instance) => {
      const filters = { label: [`drydock.instance=${instance}`] };
      return (await docker.listContainers({ all: true, filters })).map((one) => one.Names.join());
    },
    dispose: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
      const images = await docker.listImages({ filters: { reference: [`drydock/${lab.name}`] } });
      for (const tag of images.flatMap((image) => image.RepoTags ?? [])) await docker.getImage(tag).remove();
      await rm(folder, { recursive: true });
    },
  };
}

async function writeLab(folder: string, name: string, dockerfile: string): Promise<LabSource> {
  await mkdir(folder);
  await writeFile(join(folder, 'Dockerfile'), dockerfile);
  const limits = { memoryMb: 128, pids: 64, tmpMb: 16 };
  return { name, folder, settings: labSchema.parse({ title: 'Contract suite', limits }) };
}
