/** What a sandbox is to Docker: the options of its container, and what its labels tell. Makes no calls. */
import { randomBytes } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import type { SandboxInfo, SandboxSpec } from './engine.ts';
import { MAIN_SHELL } from './main-shell.ts';

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

/** The container of a new sandbox: hardened, without network, with its home folder on a volume of its own. */
export function containerOptions(spec: SandboxSpec, instance: string, name: string): ContainerCreateOptions {
  const { user, home } = spec.settings;
  return {
    name,
    Image: spec.image,
    Cmd: [...MAIN_SHELL],
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
    NetworkDisabled: true,
    Healthcheck: { Test: ['NONE'] },
    // The engine fills an anonymous volume with what the image holds at that place.
    Volumes: { [home]: {} },
    Labels: { [LABELS.instance]: instance, [LABELS.lab]: spec.lab, [LABELS.image]: spec.image },
    HostConfig: hostConfig(spec),
  };
}

function hostConfig(spec: SandboxSpec): ContainerCreateOptions['HostConfig'] {
  const { memoryMb, cpus, pids, tmpMb } = spec.settings.limits;
  const memory = memoryMb * 1024 * 1024;
  return {
    Init: true,
    Privileged: false,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
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
    Ulimits: [
      { Name: 'nofile', Soft: 4096, Hard: 4096 },
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    // A log would slow the shell's output several times over and grow a file on the host.
    LogConfig: { Type: 'none', Config: {} },
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
  };
}

/** What a container's labels tell of the sandbox that it is. */
export function infoFromLabels(id: string, labels: Record<string, string>, createdAt: Date): SandboxInfo {
  return { id, lab: labels[LABELS.lab] ?? '', image: labels[LABELS.image] ?? '', createdAt };
}
