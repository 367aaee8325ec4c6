/** The sandbox engine on Docker (or Podman's Docker API). Knows nothing about learners, lessons or HTTP. */
import type Docker from 'dockerode';
import type { Container, ContainerInfo } from 'dockerode';
import type { Logger } from 'pino';
import { DrydockError } from '../errors.ts';
import type { DockerAddress } from './docker-address.ts';
import { engineCall, hasStatus } from './docker-calls.ts';
import { dockerClient } from './docker-client.ts';
import { DockerDisk } from './docker-disk.ts';
import {
  LABELS,
  containerName,
  containerOptions,
  infoFromLabels,
  type LabProfile,
} from './docker-container.ts';
import { askHostFacts } from './docker-host.ts';
import { LabImages } from './docker-image.ts';
import { firstOutput } from './docker-pty.ts';
import { DockerSandbox, attachMain, removeContainer } from './docker-sandbox.ts';
import type { BuildProgress, LabSource, Sandbox, SandboxEngine, SandboxSpec } from './engine.ts';
import { untilReady } from './ready.ts';

/** Milliseconds in which a created container starts, and in which its shell then prints its prompt. */
const START_MS = 20_000;

/** Milliseconds after which a container that was created but never started was left behind by a server's end. */
const STALE_MS = 5 * 60_000;

/** Of an image that this engine has not prepared, which is enough for a lab without privileges. */
const PLAIN: LabProfile = { seccomp: undefined, apparmor: false };

/** What the engine needs. */
export interface DockerEngineDeps {
  readonly docker: DockerAddress;
  /** Written to every container as a label: several installations may share one engine and see only their own. */
  readonly instance: string;
  readonly log: Logger;
}

/** An engine on the Docker daemon at the address. Makes no call before a method is used. */
export function createDockerEngine(deps: DockerEngineDeps): SandboxEngine {
  return new DockerEngine(deps);
}

class DockerEngine implements SandboxEngine {
  readonly name = 'docker';
  readonly disk: DockerDisk;
  readonly #docker: Docker;
  readonly #instance: string;
  readonly #log: Logger;
  readonly #images: LabImages;
  /** One object per container, so that there is one main terminal per sandbox. */
  readonly #sandboxes = new Map<string, DockerSandbox>();

  constructor({ docker, instance, log }: DockerEngineDeps) {
    this.#docker = dockerClient(docker);
    this.#instance = instance;
    this.#log = log;
    this.#images = new LabImages(this.#docker, log, () => askHostFacts(this.#docker, docker));
    this.disk = new DockerDisk({ docker: this.#docker, local: 'socketPath' in docker });
  }

  async ping(): Promise<void> {
    try {
      await engineCall({ what: 'answer', timeoutMs: 4500 }, () => this.#docker.ping());
    } catch (error) {
      if (error instanceof DrydockError && error.code === 'engine-unavailable') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new DrydockError('engine-unavailable', reason, { cause: error });
    }
  }

  prepare(
    lab: LabSource,
    onProgress: (progress: BuildProgress) => void,
    signal: AbortSignal,
  ): Promise<string> {
    return this.#images.prepare(lab, onProgress, signal);
  }

  async create(spec: SandboxSpec, signal: AbortSignal, onStep?: (step: string) => void): Promise<Sandbox> {
    signal.throwIfAborted();
    const name = containerName(spec);
    try {
      // Not ended by the caller's signal: a container whose creation was cut short could appear after the clean-up.
      const container = await this.#createContainer(spec, name);
      signal.throwIfAborted();
      const sandbox = await this.#start(container, spec, signal);
      if (spec.settings.ready !== undefined) onStep?.(`waiting for ${spec.settings.title} to be ready`);
      try {
        await untilReady(sandbox, spec.settings, signal);
      } catch (error) {
        this.#sandboxes.delete(container.id);
        await sandbox.release();
        throw error;
      }
      return sandbox;
    } catch (error) {
      await this.#discard(name);
      throw error;
    }
  }

  async list(): Promise<Sandbox[]> {
    const containers = await engineCall({ what: 'list the sandboxes' }, (abortSignal) =>
      this.#docker.listContainers({
        all: true,
        filters: { label: [`${LABELS.instance}=${this.#instance}`] },
        abortSignal,
      }),
    );
    for (const one of containers) if (isLeftover(one)) void this.#discard(one.Id);
    return containers.filter((one) => one.State === 'running').map((one) => this.#sandboxOf(one));
  }

  async close(): Promise<void> {
    this.#images.close();
    await Promise.all([...this.#sandboxes.values()].map((sandbox) => sandbox.release()));
    this.#sandboxes.clear();
  }

  async #createContainer(spec: SandboxSpec, name: string): Promise<Container> {
    const profile = this.#images.profile(spec.image) ?? PLAIN;
    const options = containerOptions(spec, profile, { name, instance: this.#instance });
    try {
      return await engineCall({ what: 'create the sandbox', timeoutMs: START_MS }, (abortSignal) =>
        this.#docker.createContainer({ ...options, abortSignal }),
      );
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      const message = `The image of the lab "${spec.lab}" is gone; it has to be prepared again.`;
      throw new DrydockError('lab-unavailable', message, { cause: error });
    }
  }

  async #start(container: Container, spec: SandboxSpec, signal: AbortSignal): Promise<DockerSandbox> {
    const stream = await attachMain(container);
    const limit = new DrydockError('timeout', `The lab's shell printed nothing within ${START_MS / 1000} s.`);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(limit), START_MS);
    const info = infoFromLabels(container.id, labelsOf(spec), new Date());
    const sandbox = new DockerSandbox(container, info, () => this.#sandboxes.delete(container.id));
    try {
      sandbox.adoptMain(stream);
      const printed = firstOutput(stream, AbortSignal.any([signal, deadline.signal]));
      printed.catch(() => {});
      await engineCall({ what: 'start the sandbox', timeoutMs: START_MS }, (abortSignal) =>
        container.start({ abortSignal }),
      );
      if (!(await printed)) throw await endedEarly(container, spec);
      this.#sandboxes.set(container.id, sandbox);
      return sandbox;
    } catch (error) {
      stream.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #sandboxOf(container: ContainerInfo): Sandbox {
    const known = this.#sandboxes.get(container.Id);
    if (known !== undefined) return known;
    const info = infoFromLabels(container.Id, container.Labels, new Date(container.Created * 1000));
    const sandbox = new DockerSandbox(this.#docker.getContainer(container.Id), info, () =>
      this.#sandboxes.delete(container.Id),
    );
    this.#sandboxes.set(container.Id, sandbox);
    return sandbox;
  }

  /** Removes what is not wanted. A failure is logged; `list` will find the container again as a leftover. */
  async #discard(nameOrId: string): Promise<void> {
    try {
      await removeContainer(this.#docker.getContainer(nameOrId));
    } catch (error) {
      this.#log.warn({ err: error, container: nameOrId }, 'could not remove a container, will continue');
    }
  }
}

/** Ended by itself, or created for a server that ended before it could start it. */
function isLeftover(container: ContainerInfo): boolean {
  if (container.State === 'exited' || container.State === 'dead') return true;
  return container.State === 'created' && Date.now() - container.Created * 1000 > STALE_MS;
}

function labelsOf(spec: SandboxSpec): Record<string, string> {
  return { [LABELS.lab]: spec.lab, [LABELS.image]: spec.image };
}

async function endedEarly(container: Container, spec: SandboxSpec): Promise<DrydockError> {
  const { State } = await engineCall({ what: 'tell the sandbox’s state' }, (abortSignal) =>
    container.inspect({ abortSignal }),
  );
  const reason = State.ExitCode === 127 ? 'its image has no bash' : `code ${State.ExitCode}`;
  return new DrydockError('lab-unavailable', `The lab "${spec.lab}" ended before its prompt: ${reason}.`);
}
