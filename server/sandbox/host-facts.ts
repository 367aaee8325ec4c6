/** What is known of the host that sandboxes run on. Knows nothing about what labs ask for. */
import { readFile } from 'node:fs/promises';
import { release } from 'node:os';

/** What the engine says of itself: the parts of Docker's `GET /info` that matter here. */
export interface EngineInfo {
  readonly ServerVersion?: string;
  readonly Driver?: string;
  readonly CgroupVersion?: string;
  readonly KernelVersion?: string;
  /** Such as `name=seccomp,profile=default`. */
  readonly SecurityOptions?: readonly string[] | null;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly MemoryLimit?: boolean;
  readonly PidsLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
}

/** All that decides which labs run on a host. */
export interface HostFacts {
  readonly engine: 'docker' | 'podman';
  readonly version: string;
  readonly storageDriver: string;
  readonly cgroupVersion: string;
  /** Names such as `seccomp`, `apparmor`, `rootless`, `userns`. */
  readonly security: readonly string[];
  readonly cpus: number;
  readonly memoryMb: number;
  /** Whether the engine holds a sandbox to its memory, its number of processes, its processors. */
  readonly limits: { readonly memory: boolean; readonly pids: boolean; readonly cpus: boolean };
  /** What the kernel says; undefined where the engine runs on another one, which cannot be asked. */
  readonly kernel: KernelFacts | undefined;
}

/** Settings below `/proc/sys`; undefined where the kernel has none of that name. */
export interface KernelFacts {
  readonly maxUserNamespaces: number | undefined;
  /** Debian's switch: 0 leaves user namespaces to root. */
  readonly unprivilegedUserNamespaces: number | undefined;
  /** Ubuntu's: 1 takes all rights from user namespaces of programs without an AppArmor profile. */
  readonly apparmorRestrictsUserNamespaces: number | undefined;
}

/** The facts of an engine. `local`: it listens on a socket of this machine. Reads `/proc/sys` where that is its kernel. */
export async function gatherFacts(
  info: EngineInfo,
  { podman, local }: { podman: boolean; local: boolean },
): Promise<HostFacts> {
  const names = (info.SecurityOptions ?? []).map(
    (option) => /(?:^|,)name=([^,]+)/.exec(option)?.[1] ?? option,
  );
  // A socket may lead into a virtual machine; its kernel is then another one.
  const sameKernel = local && info.KernelVersion === release();
  return {
    engine: podman ? 'podman' : 'docker',
    version: info.ServerVersion ?? 'unknown',
    storageDriver: info.Driver ?? 'unknown',
    cgroupVersion: info.CgroupVersion ?? 'unknown',
    security: names,
    cpus: info.NCPU ?? Infinity,
    memoryMb: info.MemTotal === undefined ? Infinity : Math.floor(info.MemTotal / 1024 / 1024),
    limits: podman ? podmanLimits(info, names) : dockerLimits(info),
    kernel: sameKernel ? await readKernel() : undefined,
  };
}

/** Podman looks for its memory limit where only cgroup v1 has it, and says it had none on v2, where it has. */
function podmanLimits(info: EngineInfo, security: readonly string[]): HostFacts['limits'] {
  const able = info.CgroupVersion === '2' || !security.includes('rootless');
  return { memory: able, pids: able, cpus: able };
}

function dockerLimits({ MemoryLimit, PidsLimit, CpuCfsQuota }: EngineInfo): HostFacts['limits'] {
  return { memory: MemoryLimit ?? true, pids: PidsLimit ?? true, cpus: CpuCfsQuota ?? true };
}

async function readKernel(): Promise<KernelFacts> {
  return {
    maxUserNamespaces: await readNumber('/proc/sys/user/max_user_namespaces'),
    unprivilegedUserNamespaces: await readNumber('/proc/sys/kernel/unprivileged_userns_clone'),
    apparmorRestrictsUserNamespaces: await readNumber(
      '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    ),
  };
}

async function readNumber(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
