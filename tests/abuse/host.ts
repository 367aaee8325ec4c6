/** What the host itself says about a sandbox and about its own state. Knows nothing about the server's opinion. */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Settings of the kernel that attacks try to change. */
const SETTINGS = [
  '/proc/sys/kernel/panic',
  '/proc/sys/kernel/core_pattern',
  '/proc/sys/kernel/hostname',
  '/proc/sys/kernel/modprobe',
  '/proc/sys/vm/drop_caches',
  '/proc/sys/vm/overcommit_memory',
  '/proc/sys/net/ipv4/ip_forward',
  '/sys/kernel/mm/transparent_hugepage/enabled',
  '/sys/kernel/uevent_helper',
];

/** What no attack may change. */
export function hostSettings(): Record<string, string> {
  return Object.fromEntries(SETTINGS.map((file) => [file, readText(file)]));
}

/** The host's own mounts and loaded modules, as one text. */
export function hostMountsAndModules(): string {
  return `${readText('/proc/self/mountinfo')}${readText('/proc/modules')}`;
}

/** Processes that run on this host. */
export function hostProcessCount(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
}

/** Memory that the process itself holds. */
export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** The processes of a container as the host sees them. */
export function processesOf(container: string): { pid: number; uids: number[]; capabilities: bigint }[] {
  const pids = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && readText(`/proc/${name}/cgroup`).includes(container),
  );
  return pids.flatMap((pid) => {
    const status = readText(`/proc/${pid}/status`);
    const uids = /^Uid:\s+(.*)$/m.exec(status)?.[1];
    if (uids === undefined) return [];
    const effective = /^CapEff:\s+(\w+)$/m.exec(status)?.[1] ?? '0';
    return [
      { pid: Number(pid), uids: uids.split(/\s+/).map(Number), capabilities: BigInt(`0x${effective}`) },
    ];
  });
}

/** Memory of a container, as its cgroup counts it, less the file pages that the kernel can drop. In MB. */
export function memoryOfContainer(container: string): { used: number; peak: number } {
  const MB = 1024 * 1024;
  const v1 = `/sys/fs/cgroup/memory${cgroupOf(container, 'memory')}`;
  const v2 = `/sys/fs/cgroup${cgroupOf(container, '')}`;
  const first = (...files: string[]): string => files.map(readText).find((text) => text !== '') ?? '';
  const usage = Number(first(`${v1}/memory.usage_in_bytes`, `${v2}/memory.current`));
  const peak = Number(first(`${v1}/memory.max_usage_in_bytes`, `${v2}/memory.peak`));
  const stat = first(`${v1}/memory.stat`, `${v2}/memory.stat`);
  const droppable = /^total_inactive_file (\d+)/m.exec(stat)?.[1] ?? /^inactive_file (\d+)/m.exec(stat)?.[1];
  if (!(usage > 0)) throw new Error(`expected a memory cgroup of ${container}, found none`);
  return { used: (usage - Number(droppable ?? 0)) / MB, peak: peak / MB };
}

function cgroupOf(container: string, controller: string): string {
  const pid = processesOf(container)[0]?.pid ?? 0;
  const lines = readText(`/proc/${pid}/cgroup`)
    .split('\n')
    .map((line) => line.split(':'));
  const mine = lines.find(([, controllers = '-']) => controllers.split(',').includes(controller));
  const cgroup = mine?.slice(2).join(':') ?? '';
  return cgroup.slice(0, cgroup.indexOf('/', cgroup.indexOf(container)) + 1 || undefined);
}

/** Whether a process lives in a user namespace that has the host's root in it. */
export function mapsHostRoot(pid: number): boolean {
  const lines = readText(`/proc/${pid}/uid_map`)
    .split('\n')
    .filter((line) => line !== '');
  // In the host's own namespace everything is mapped to itself; in one of a learner nothing may be host's root.
  const maps = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return maps.some(([inside, outside, count]) => outside === 0 && !(inside === 0 && count === 4294967295));
}

/** Something to reach on every address of this host. `visits` counts who came. */
export class Beacon {
  visits = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((socket) => {
      this.visits++;
      socket.on('error', () => undefined).end('reached the host\n');
    });
  }

  /** Resolves with its port. */
  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '0.0.0.0', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}

/** IPv4 addresses of this host, the engine's bridge included, loopback not. */
export function hostAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
