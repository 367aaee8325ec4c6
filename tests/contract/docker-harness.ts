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

/** What a lab of a test has beyond the smallest. */
export interface LabWish {
  /** Lines of a Dockerfile that follow those of the smallest lab. */
  readonly dockerfile?: string;
  /** Further files of the lab's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** As in lab.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A harness, and what tests of Docker alone need besides. */
export interface DockerHarness extends EngineHarness {
  readonly docker: Docker;
  /** A further lab; `dispose` removes its image. */
  makeLab(wish: LabWish): Promise<LabSource>;
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
  const names: string[] = [];
  const makeLab = (wish: LabWish): Promise<LabSource> => {
    const name = `contract-${suffix}${names.length === 0 ? '' : `-${names.length}`}`;
    names.push(name);
    return writeLab(join(folder, name), name, wish);
  };
  const lab = await makeLab({});
  const brokenLab = await makeLab({ dockerfile: 'RUN echo a-word-of-its-own && false\n' });
  const engines: SandboxEngine[] = [];
  return {
    docker,
    lab,
    brokenLab,
    makeLab,
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
      const reference = names.map((name) => `drydock/${name}`);
      const images = await docker.listImages({ filters: { reference } });
      for (const tag of images.flatMap((image) => image.RepoTags ?? [])) await docker.getImage(tag).remove();
      await rm(folder, { recursive: true });
    },
  };
}

async function writeLab(folder: string, name: string, wish: LabWish): Promise<LabSource> {
  await mkdir(folder);
  const files = { Dockerfile: DOCKERFILE + (wish.dockerfile ?? ''), ...wish.files };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const limits = { memoryMb: 128, pids: 64, tmpMb: 16 };
  return { name, folder, settings: labSchema.parse({ title: 'Contract suite', limits, ...wish.settings }) };
}
