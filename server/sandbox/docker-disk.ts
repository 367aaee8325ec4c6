/** How much disk containers take, measured on this host where that is possible, else told by the engine. */
import { access, constants } from 'node:fs/promises';
import type Docker from 'dockerode';
import { DrydockError } from '../errors.ts';
import { engineCall } from './docker-calls.ts';
import { deletedBytes, processesByContainer, roomOf, sizeOf } from './disk-host.ts';
import type { DiskMeter } from './engine.ts';

/** Milliseconds for which one look at all volumes or processes serves every sandbox of a round. */
const FRESH_MS = 2000;
/** Milliseconds that the engine may take to measure all its volumes. */
const ENGINE_MEASURES_MS = 15_000;

export interface DockerDiskDeps {
  readonly docker: Docker;
  /** Whether the engine's paths can be paths of this host, which they are not over a network. */
  readonly local: boolean;
}

export class DockerDisk implements DiskMeter {
  readonly #docker: Docker;
  readonly #local: boolean;
  #root: Promise<string | undefined> | undefined;
  readonly #processes = fresh(processesByContainer);
  readonly #volumes = fresh(() => this.#volumeSizes());

  constructor({ docker, local }: DockerDiskDeps) {
    this.#docker = docker;
    this.#local = local;
  }

  async room(): Promise<number | undefined> {
    if (!this.#local) return undefined;
    this.#root ??= this.#rootFolder();
    const root = await this.#root.catch((error: unknown) => {
      this.#root = undefined;
      throw error;
    });
    return root === undefined ? undefined : roomOf(root);
  }

  async used(id: string, signal: AbortSignal): Promise<number> {
    const { Mounts } = await engineCall({ what: 'describe the sandbox', signal }, (abortSignal) =>
      this.#docker.getContainer(id).inspect({ abortSignal }),
    );
    const volumes = Mounts.filter(({ Type }) => Type === 'volume');
    const folders = volumes.map(({ Source }) => Source);
    if (this.#local && (await allReadable(folders))) {
      const processes = (await this.#processes()).get(id) ?? [];
      const [size, deleted] = await Promise.all([sizeOf(folders, signal), deletedBytes(processes, signal)]);
      return size + deleted;
    }
    const sizes = await this.#volumes();
    return volumes.reduce((sum, { Name }) => sum + (sizes.get(Name ?? '') ?? 0), 0);
  }

  async #rootFolder(): Promise<string | undefined> {
    const info: unknown = await engineCall({ what: 'describe itself' }, () => this.#docker.info());
    const root = typeof info === 'object' && info !== null && 'DockerRootDir' in info && info.DockerRootDir;
    return typeof root === 'string' ? root : undefined;
  }

  /** Bytes by volume. The engine reads all files of all volumes, also those that a learner has closed to readers. */
  async #volumeSizes(): Promise<ReadonlyMap<string, number>> {
    const what = 'measure its volumes';
    const df = await engineCall({ what, timeoutMs: ENGINE_MEASURES_MS }, () => this.#docker.df());
    if (!isVolumes(df))
      throw new DrydockError('internal', 'The engine did not tell the size of its volumes.');
    return new Map(df.Volumes.map(({ Name, UsageData }) => [Name, Math.max(0, UsageData?.Size ?? 0)]));
  }
}

interface Volumes {
  readonly Volumes: readonly { readonly Name: string; readonly UsageData?: { readonly Size: number } }[];
}

function isVolumes(df: unknown): df is Volumes {
  return typeof df === 'object' && df !== null && 'Volumes' in df && Array.isArray(df.Volumes);
}

/** Whether this process is root and sees the folders: anybody else would miss what learners hide. */
async function allReadable(folders: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const seen = folders.map((folder) => access(folder, constants.R_OK).then(() => true));
  return Promise.all(seen).then(
    () => true,
    () => false,
  );
}

/** `look`, at most once in a while: calls within `FRESH_MS` of the last one's end share its result. */
function fresh<T>(look: () => Promise<T>): () => Promise<T> {
  let latest: Promise<T> | undefined;
  return () => {
    if (latest !== undefined) return latest;
    const mine = look();
    latest = mine;
    const forget = (): void => void (latest = undefined);
    mine.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
    return mine;
  };
}
