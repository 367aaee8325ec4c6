/** Prepares the image of a lab, once for each content of its folder. Knows nothing about sandboxes. */
import { createHash } from 'node:crypto';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { DrydockError } from '../errors.ts';
import { BASE_IMAGE, BASE_RECIPE, ensureBase } from './docker-base.ts';
import { buildImage } from './docker-build.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { LABELS } from './docker-container.ts';
import { readContext, type BuildContext } from './docker-context.ts';
import type { BuildProgress, LabSource } from './engine.ts';
import { SharedTasks, type Waiter } from './shared-task.ts';

/** Share of the whole that making the base takes, where it has to be made. */
const BASE_SHARE = 0.5;

/** Milliseconds for which an older image of a lab is kept: another installation on this engine may still use it. */
const KEEP_OLD_MS = 24 * 60 * 60_000;

export class LabImages {
  readonly #docker: Docker;
  readonly #log: Logger;
  readonly #builds = new SharedTasks<void>();
  readonly #bases = new SharedTasks<void>();

  constructor(docker: Docker, log: Logger) {
    this.#docker = docker;
    this.#log = log;
  }

  /** See `SandboxEngine.prepare`. */
  async prepare(
    lab: LabSource,
    onProgress: (progress: BuildProgress) => void,
    signal: AbortSignal,
  ): Promise<string> {
    signal.throwIfAborted();
    const context = await readContext(lab.folder);
    const image = `drydock/${lab.name}:${tagOf(context)}`;
    if (!(await this.#exists(image, signal))) {
      await this.#builds.join(image, { onProgress, signal }, (waiter) =>
        this.#build(lab, { context, image }, waiter),
      );
      void this.#removeOlder(lab.name, image);
    }
    onProgress({ progress: 1, step: 'ready' });
    return image;
  }

  /** Aborts what is being prepared. */
  close(): void {
    const reason = new DrydockError('lab-unavailable', 'The server stops.');
    this.#builds.close(reason);
    this.#bases.close(reason);
  }

  async #exists(image: string, signal: AbortSignal): Promise<boolean> {
    try {
      await engineCall({ what: 'look for an image', signal }, () => this.#docker.getImage(image).inspect());
      return true;
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw error;
    }
  }

  async #build(
    lab: LabSource,
    { context, image }: { context: BuildContext; image: string },
    waiter: Waiter,
  ): Promise<void> {
    const needsBase = new RegExp(`^FROM\\s+${BASE_IMAGE.replace('.', '\\.')}\\b`, 'im').test(
      context.dockerfile,
    );
    let begin = 0;
    if (needsBase) {
      await this.#bases.join(
        BASE_IMAGE,
        scaled(waiter, [0, BASE_SHARE], () => (begin = BASE_SHARE)),
        (shared) => ensureBase(this.#docker, this.#log, shared),
      );
    }
    try {
      const labels = { [LABELS.lab]: lab.name };
      await buildImage(this.#docker, { context, tag: image, labels }, scaled(waiter, [begin, 1]));
    } catch (error) {
      waiter.signal.throwIfAborted();
      if (error instanceof DrydockError && error.code === 'engine-unavailable') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new DrydockError('lab-unavailable', `The lab "${lab.name}" does not build: ${reason}`, {
        cause: error,
      });
    }
  }

  /** Frees the disk from images of earlier contents that no container uses. Failures do not matter. */
  async #removeOlder(lab: string, current: string): Promise<void> {
    try {
      const images = await engineCall({ what: 'list images' }, (abortSignal) =>
        this.#docker.listImages({ filters: { reference: [`drydock/${lab}`] }, abortSignal }),
      );
      for (const image of images) {
        if (Date.now() - image.Created * 1000 < KEEP_OLD_MS) continue;
        for (const tag of image.RepoTags ?? []) {
          if (tag === current || !tag.startsWith(`drydock/${lab}:`)) continue;
          await engineCall({ what: 'remove an image' }, () => this.#docker.getImage(tag).remove());
        }
      }
    } catch (error) {
      this.#log.debug({ err: error, lab }, 'older images of a lab were not removed, will continue');
    }
  }
}

function tagOf(context: BuildContext): string {
  return createHash('sha256').update(`${BASE_RECIPE}:${context.hash}`).digest('hex').slice(0, 12);
}

/** A waiter for a part of the work, from one share of the whole to another. */
function scaled(waiter: Waiter, [from, to]: readonly [number, number], onFirst?: () => void): Waiter {
  return {
    signal: waiter.signal,
    onProgress: ({ progress, step }) => {
      onFirst?.();
      waiter.onProgress({ progress: from + (to - from) * progress, step });
    },
  };
}
