/** What processes of this host cost, as the kernel counts it. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds that a process and all that it has started have spent on processors; the kernel counts in hundredths. */
export function processorSeconds(pid: number): number {
  return familyOf(pid)
    .map((one) => statOf(one))
    .map((fields) => [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field] ?? 0), 0) / 100)
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** MiB of memory that the processes hold; what several share is divided among them (PSS). */
export function memoryOf(pids: readonly number[]): number {
  const sizes = pids.map((pid) => /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return sizes.reduce((sum: number, size) => sum + Number(size), 0) / 1024;
}

/** The process and all that it has started, directly or not. */
export function familyOf(pid: number): number[] {
  const parents = new Map(allProcesses().map((one) => [one, Number(statOf(one)[1])]));
  const family = [pid];
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  }
  return family;
}

/** Processes whose program has one of these names. */
export function processesNamed(names: readonly string[]): number[] {
  return allProcesses().filter((pid) => names.includes(read(`/proc/${pid}/comm`).trim()));
}

/** Processes with these words on their command line. */
export function processesWith(words: string): number[] {
  return allProcesses().filter((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').includes(words));
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The fields behind the program's name; the first is the state. */
function statOf(pid: number): string[] {
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
}

/** Empty where the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
