/** Prepares the image of a lab, once for each content of its folder, on hosts that can run it. Knows nothing about sandboxes. */
import { createHash } from 'node:crypto';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { DrydockError } from '../errors.ts';
import { BASE_IMAGE, BASE_RECIPE, ensureBase } from './docker-base.ts';
import { buildImage } from './docker-build.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { LABELS, type LabProfile } from './docker-container.ts';
import { readContext, type BuildContext } from './docker-context.ts';
import type { BuildProgress, LabSource } from './engine.ts';
import type { HostFacts } from './host-facts.ts';
import { lacksOf, tellLacks } from './host-lacks.ts';
import { SharedTasks, type Waiter } from './shared-task.ts';

/** Share of the whole that making the base takes, where it has to be made. */
const BASE_SHARE = 0.5;

/** Milliseconds for which an older image of a lab is kept: another installation on this engine may still use it. */
const KEEP_OLD_MS = 24 * 60 * 60_000;

/**
 * The last steps of a lab with capabilities, whose sandboxes do without `no-new-privileges`: a setuid program of root
 * would make its learner root there. Set-user-id programs of other users do no harm.
 */
const NO_SETUID = `USER root
RUN found=$(find / -xdev -type f -user root -perm -4000); \\
 [ -z "$found" ] || { echo expected no setuid program of root, found: $found; exit 1; }
`;

export class LabImages {
  readonly #docker: Docker;
  readonly #log: Logger;
  readonly #builds = new SharedTasks<void>();
  readonly #bases = new SharedTasks<void>();
  /** By image. */
  readonly #profiles = new Map<string, LabProfile>();
  readonly #facts: () => Promise<HostFacts>;

  /** `facts` is asked before each preparation. */
  constructor(docker: Docker, log: Logger, facts: () => Promise<HostFacts>) {
    this.#docker = docker;
    this.#log = log;
    this.#facts = facts;
  }

  /** See `SandboxEngine.prepare`. */
  async prepare(
    lab: LabSource,
    onProgress: (progress: BuildProgress) => void,
    signal: AbortSignal,
  ): Promise<string> {
    signal.throwIfAborted();
    const facts = await this.#facts();
    const lacks = lacksOf(lab.settings, facts);
    if (lacks.length > 0) throw new DrydockError('lab-unavailable', tellLacks(lacks));
    const context = await labContext(lab);
    const image = imageOf(lab, context);
    const profile = profileOf(lab, context, facts);
    await this.#ensure(lab, { context, image }, { onProgress, signal });
    this.#profiles.set(image, profile);
    onProgress({ progress: 1, step: 'ready' });
    return image;
  }

  /** What else a sandbox of a prepared image is started with; undefined where `prepare` has not returned it. */
  profile(image: string): LabProfile | undefined {
    return this.#profiles.get(image);
  }

  /** Aborts what is being prepared. */
  close(): void {
    const reason = new DrydockError('lab-unavailable', 'The server stops.');
    this.#builds.close(reason);
    this.#bases.close(reason);
  }

  /** Builds the image unless it is there, after those of the labs that it is built on. */
  async #ensure(
    lab: LabSource,
    { context, image }: { context: BuildContext; image: string },
    waiter: Waiter,
  ): Promise<void> {
    if (await this.#exists(image, waiter.signal)) return;
    const bases = lab.bases ?? [];
    const share = 1 / (bases.length + 1);
    for (const [index, base] of bases.entries()) {
      const baseContext = await labContext(base);
      const part = scaled(waiter, [index * share, (index + 1) * share]);
      await this.#ensure(base, { context: baseContext, image: imageOf(base, baseContext) }, part);
    }
    await this.#builds.join(image, scaled(waiter, [1 - share, 1]), (shared) =>
      this.#build(lab, { context, image }, shared),
    );
    void this.#removeOlder(lab.name, image);
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

/** The name that `prepare` gives to the image of a lab as its folder stands. Makes no call to an engine. */
export async function labImageName(lab: LabSource): Promise<string> {
  return imageOf(lab, await labContext(lab));
}

/**
 * The lab's folder, with the images of the labs it is built on in place of their names. One that has capabilities builds
 * only without what would turn them into the powers of root.
 */
async function labContext({ folder, settings, bases = [] }: LabSource): Promise<BuildContext> {
  const context = await readContext(folder);
  let { dockerfile } = context;
  for (const base of bases) {
    const image = imageOf(base, await labContext(base));
    const from = new RegExp(`^(\\s*FROM\\s+(?:--\\S+\\s+)*)drydock/${base.name}(?=\\s|$)`, 'gim');
    dockerfile = dockerfile.replace(from, (_, start: string) => start + image);
  }
  if (settings.privileges.capabilities.length > 0) dockerfile += `\n${NO_SETUID}`;
  return dockerfile === context.dockerfile ? context : context.withDockerfile(dockerfile);
}

function imageOf(lab: LabSource, context: BuildContext): string {
  const tag = createHash('sha256').update(`${BASE_RECIPE}:${context.hash}`).digest('hex').slice(0, 12);
  return `drydock/${lab.name}:${tag}`;
}

function profileOf({ settings }: LabSource, context: BuildContext, facts: HostFacts): LabProfile {
  const file = settings.privileges.seccomp;
  const seccomp = file === undefined ? undefined : context.text(file);
  if (file !== undefined && seccomp === undefined) {
    throw new DrydockError(
      'lab-unavailable',
      `Expected the seccomp profile ${file} in the lab's folder, found none.`,
    );
  }
  // Without its comments and spaces, since it is kept with every container.
  const compact = seccomp === undefined ? undefined : JSON.stringify(JSON.parse(seccomp));
  return { seccomp: compact, apparmor: facts.security.includes('apparmor') };
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
