/** What a sandbox is to Docker: the options of its container, and what its labels tell. Makes no calls. */
import { randomBytes } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import { DrydockError } from '../errors.ts';
import type { SandboxInfo, SandboxSpec } from './engine.ts';
import { mainShell } from './main-shell.ts';

/** Labels of every container and image that Drydock makes. */
export const LABELS = {
  /** Which installation it belongs to, since several may share one engine. */
  instance: 'drydock.instance',
  lab: 'drydock.lab',
  image: 'drydock.image',
  /** Where a base image came from: `debian` or `mmdebstrap`. */
  base: 'drydock.base',
  /** Version of the recipe that made a base image. */
  recipe: 'drydock.recipe',
} as const;

/**
 * Keys that would detach a Docker client from a terminal. Docker's default, Ctrl-P Ctrl-Q, would hold back Ctrl-P, the
 * way to the previous command; there is no "none", so this is a sequence that nobody types, and it starts with a key
 * (Ctrl-Space) that may wait for the next one unnoticed.
 */
export const DETACH_KEYS = 'ctrl-@,ctrl-_,ctrl-@,ctrl-^,ctrl-@,ctrl-_,ctrl-@,ctrl-^';

/** What a sandbox is started with besides its settings: found out when its lab was prepared. */
export interface LabProfile {
  /** The lab's own seccomp profile as JSON. */
  readonly seccomp: string | undefined;
  /** Whether the engine confines its containers with AppArmor. */
  readonly apparmor: boolean;
}

/** Which container: its name, and the installation it belongs to. */
export interface ContainerIdentity {
  readonly name: string;
  readonly instance: string;
}

/** A fresh container name; it lets a container be removed whose creation was never confirmed. */
export function containerName(spec: SandboxSpec): string {
  return `drydock-${spec.lab}-${randomBytes(6).toString('hex')}`;
}

/** The environment of every process that a learner sees. The shells and `run` share it. */
export function sandboxEnv(spec: SandboxSpec): string[] {
  const { user, home } = spec.settings;
  return [
    `HOME=${home}`,
    `USER=${user}`,
    `LOGNAME=${user}`,
    'SHELL=/bin/bash',
    'TERM=xterm-256color',
    'COLORTERM=truecolor',
    'LANG=C.UTF-8',
  ];
}

/** The container of a new sandbox: hardened, without network, with its home and further folders on volumes of its own. */
export function containerOptions(
  spec: SandboxSpec,
  profile: LabProfile,
  { name, instance }: ContainerIdentity,
): ContainerCreateOptions {
  const { user, home, volumes, start } = spec.settings;
  return {
    name,
    Image: spec.image,
    Cmd: mainShell(start),
    Entrypoint: [],
    User: user,
    WorkingDir: home,
    Hostname: spec.lab,
    Env: sandboxEnv(spec),
    Tty: true,
    OpenStdin: true,
    StdinOnce: false,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Healthcheck: { Test: ['NONE'] },
    // The engine fills an anonymous volume with what the image holds at that place.
    Volumes: Object.fromEntries([home, ...volumes].map((folder) => [folder, {}])),
    Labels: { [LABELS.instance]: instance, [LABELS.lab]: spec.lab, [LABELS.image]: spec.image },
    HostConfig: hostConfig(spec, profile),
  };
}

function hostConfig(spec: SandboxSpec, profile: LabProfile): ContainerCreateOptions['HostConfig'] {
  const { limits, privileges } = spec.settings;
  const { memoryMb, cpus, pids, tmpMb } = limits;
  const memory = memoryMb * 1024 * 1024;
  return {
    Init: true,
    Privileged: false,
    CapDrop: ['ALL'],
    ...(privileges.capabilities.length > 0 && { CapAdd: [...privileges.capabilities] }),
    SecurityOpt: securityOptions(spec, profile),
    ...(privileges.unmaskedProc && { MaskedPaths: [], ReadonlyPaths: [] }),
    NetworkMode: 'none',
    IpcMode: 'private',
    Memory: memory,
    // The same as Memory: no swap, so that the limit is the limit.
    MemorySwap: memory,
    NanoCpus: Math.round(cpus * 1e9),
    PidsLimit: pids,
    ReadonlyRootfs: true,
    // Programs may be run from /tmp: package builds (pip, make) do so.
    Tmpfs: {
      '/tmp': `rw,exec,nosuid,nodev,mode=1777,size=${tmpMb}m`,
      '/run': 'rw,noexec,nosuid,nodev,mode=1777,size=8m',
    },
    Ulimits: ulimits(spec),
    // A log would slow the shell's output several times over and grow a file on the host.
    LogConfig: { Type: 'none', Config: {} },
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
  };
}

function securityOptions({ lab, settings }: SandboxSpec, profile: LabProfile): string[] {
  const { capabilities, userNamespaces, unmaskedProc, seccomp } = settings.privileges;
  if (seccomp !== undefined && profile.seccomp === undefined) {
    throw new DrydockError(
      'lab-unavailable',
      `The lab "${lab}" has to be prepared again: its seccomp profile is not known.`,
    );
  }
  return [
    // Capabilities reach a learner through programs with file capabilities only, which this would switch off.
    ...(capabilities.length > 0 ? [] : ['no-new-privileges']),
    ...(profile.seccomp === undefined ? [] : [`seccomp=${profile.seccomp}`]),
    // The engine's own profile forbids every mount, also those in a learner's user namespace.
    ...(profile.apparmor && (userNamespaces || unmaskedProc) ? ['apparmor=unconfined'] : []),
  ];
}

function ulimits({ settings }: SandboxSpec): { Name: string; Soft: number; Hard: number }[] {
  const fileBytes = settings.limits.diskMb * 1024 * 1024;
  return [
    // Enough for a daemon with containers of its own. An engine cannot give more than it has, which may be little more.
    { Name: 'nofile', Soft: 4096, Hard: 4096 },
    { Name: 'core', Soft: 0, Hard: 0 },
    // No single file outgrows the sandbox's disk, whatever happens between two looks at the whole of it.
    { Name: 'fsize', Soft: fileBytes, Hard: fileBytes },
  ];
}

/** What a container's labels tell of the sandbox that it is. */
export function infoFromLabels(id: string, labels: Record<string, string>, createdAt: Date): SandboxInfo {
  return { id, lab: labels[LABELS.lab] ?? '', image: labels[LABELS.image] ?? '', createdAt };
}
