/** Makes sure of the image that all labs start from. Knows nothing about labs. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { DrydockError } from '../errors.ts';
import { buildImage } from './docker-build.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { LABELS } from './docker-container.ts';
import { textContext } from './docker-context.ts';
import { followProgress } from './docker-progress.ts';
import { MMDEBSTRAP_MS, startMmdebstrap } from './mmdebstrap.ts';
import type { Waiter } from './shared-task.ts';

/** What a lab's Dockerfile names in `FROM`: Debian 12 with little more than apt and ca-certificates or less. */
export const BASE_IMAGE = 'drydock/debian:bookworm';

/** Grows when the recipe below changes; labs are built again then. */
export const BASE_RECIPE = 1;

const HUB_IMAGE = 'debian:bookworm-slim';

/** Milliseconds in which Docker Hub must show that it answers, and then how long it may fall silent. */
const HUB_ANSWER_MS = 8000;
const HUB_SILENCE_MS = 60_000;

/**
 * Resolves when `BASE_IMAGE` exists: it is there already, or comes from Docker Hub, or, where the Hub cannot be
 * reached, from Debian's own packages. Rejects with `lab-unavailable` and what the operator can do.
 */
export async function ensureBase(docker: Docker, log: Logger, waiter: Waiter): Promise<void> {
  if (await baseExists(docker)) return;
  try {
    await baseFromHub(docker, waiter);
  } catch (error) {
    waiter.signal.throwIfAborted();
    log.info({ reason: messageOf(error) }, 'no base image from Docker Hub, making it from Debian packages');
    await baseFromPackages(docker, waiter);
  }
}

async function baseExists(docker: Docker): Promise<boolean> {
  try {
    const image = await engineCall({ what: 'look for the base image' }, () =>
      docker.getImage(BASE_IMAGE).inspect(),
    );
    return image.Config.Labels?.[LABELS.recipe] === `${BASE_RECIPE}`;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}

async function baseFromHub(docker: Docker, waiter: Waiter): Promise<void> {
  waiter.onProgress({ progress: 0, step: 'asking Docker Hub for Debian' });
  const present = await engineCall({ what: 'look for an image' }, () =>
    docker.getImage(HUB_IMAGE).inspect(),
  ).then(
    () => true,
    () => false,
  );
  if (!present) await pull(docker, waiter);
  const context = textContext(`FROM ${HUB_IMAGE}\n`);
  const quiet: Waiter = { signal: waiter.signal, onProgress: () => {} };
  await buildImage(docker, { context, tag: BASE_IMAGE, labels: baseLabels('debian') }, quiet);
}

async function pull(docker: Docker, waiter: Waiter): Promise<void> {
  const answer = new AbortController();
  const timer = setTimeout(() => answer.abort(new Error('Docker Hub does not answer')), HUB_ANSWER_MS);
  const signal = AbortSignal.any([waiter.signal, answer.signal]);
  try {
    const stream = await engineCall({ what: 'pull', timeoutMs: HUB_ANSWER_MS, signal }, (abortSignal) =>
      docker.createImage({ fromImage: HUB_IMAGE, abortSignal }),
    );
    let messages = 0;
    await followProgress(stream, {
      silenceMs: HUB_SILENCE_MS,
      signal,
      onMessage: () => {
        clearTimeout(timer);
        messages += 1;
        waiter.onProgress({ progress: 1 - Math.exp(-messages / 100), step: 'downloading Debian' });
      },
    });
  } finally {
    clearTimeout(timer);
  }
}

async function baseFromPackages(docker: Docker, waiter: Waiter): Promise<void> {
  // A tar that is cut short may import without an error: it gets its name only after mmdebstrap has succeeded.
  const draft = { repo: 'drydock/debian', tag: `draft-${randomBytes(6).toString('hex')}` };
  const draftImage = docker.getImage(`${draft.repo}:${draft.tag}`);
  const stop = new AbortController();
  const signal = AbortSignal.any([waiter.signal, stop.signal, AbortSignal.timeout(MMDEBSTRAP_MS)]);
  const maker = startMmdebstrap({ onProgress: waiter.onProgress, signal });
  const changes = Object.entries(baseLabels('mmdebstrap')).map(([name, value]) => `LABEL ${name}=${value}`);
  try {
    const options = { ...draft, changes: [...changes, 'CMD ["bash"]'], signal };
    const imported = importTar(docker, maker.tar, options);
    await Promise.all([maker.done, imported]);
    await engineCall({ what: 'name the base image' }, () =>
      draftImage.tag({ repo: 'drydock/debian', tag: 'bookworm' }),
    );
  } catch (error) {
    waiter.signal.throwIfAborted();
    // A tar that is cut short fails the import as well: what mmdebstrap says of itself comes first.
    await Promise.race([maker.done, sleep(2000)]);
    throw new DrydockError('lab-unavailable', `The base image could not be imported: ${messageOf(error)}`);
  } finally {
    stop.abort(new Error('the base image needs no more'));
    await engineCall({ what: 'remove the draft' }, () => draftImage.remove()).catch(() => {});
  }
}

/** Imports a tar as an image. */
async function importTar(
  docker: Docker,
  tar: NodeJS.ReadableStream,
  { signal, ...options }: { repo: string; tag: string; changes: string[]; signal: AbortSignal },
): Promise<void> {
  const call = { what: 'import the base image', timeoutMs: MMDEBSTRAP_MS, signal };
  const stream = await engineCall(call, (abortSignal) =>
    docker.importImage(tar, { ...options, abortSignal }),
  );
  await followProgress(stream, { silenceMs: MMDEBSTRAP_MS, signal, onMessage: () => {} });
}

function baseLabels(origin: 'debian' | 'mmdebstrap'): Record<string, string> {
  return { [LABELS.base]: origin, [LABELS.recipe]: `${BASE_RECIPE}` };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
