/** What a host lacks for a lab, and how to mend it. Asks nobody: it goes by facts. */
import type { Lab } from '../../protocol/lab.ts';
import type { HostFacts, KernelFacts } from './host-facts.ts';

/** What is missing for a lab, and how to mend it; both are sentences for the operator. */
export interface Lack {
  readonly missing: string;
  readonly mend: string;
}

/** Why a lab cannot run on a host, every reason; empty where it can, as far as can be known beforehand. */
export function lacksOf(lab: Lab, facts: HostFacts): Lack[] {
  const { privileges } = lab;
  return [
    ...limitLacks(lab, facts),
    ...(privileges.userNamespaces ? namespaceLacks(facts.kernel) : []),
    ...(privileges.seccomp === undefined && !privileges.unmaskedProc ? [] : seccompLacks(lab, facts)),
    ...(privileges.capabilities.length > 0 ? idLacks(facts) : []),
  ];
}

/** The lacks as one text, for learners and operators. */
export function tellLacks(lacks: readonly Lack[]): string {
  return lacks.map(({ missing, mend }) => `${missing} ${mend}`).join(' ');
}

function limitLacks({ limits }: Lab, facts: HostFacts): Lack[] {
  const lacks: Lack[] = [];
  if (limits.cpus > facts.cpus) {
    lacks.push({
      missing: `The lab asks for ${limits.cpus} processors, the engine has ${facts.cpus}.`,
      mend: 'Lower limits.cpus in its lab.yaml.',
    });
  }
  if (limits.memoryMb > facts.memoryMb) {
    lacks.push({
      missing: `The lab asks for ${limits.memoryMb} MB of memory, the engine has ${facts.memoryMb} MB.`,
      mend: 'Lower limits.memoryMb in its lab.yaml, or use a larger machine.',
    });
  }
  const unbounded = [
    ...(facts.limits.memory ? [] : ['memory']),
    ...(facts.limits.pids ? [] : ['the number of processes']),
    ...(facts.limits.cpus ? [] : ['processors']),
  ];
  if (unbounded.length > 0) {
    lacks.push({
      missing: `The engine cannot limit ${unbounded.join(' and ')}, so one sandbox could take the whole machine.`,
      mend: 'Boot with cgroup v2, or with the memory, pids and cpu controllers of v1. A rootless engine needs v2 and, with systemd, Delegate=cpu cpuset memory pids for its user.',
    });
  }
  return lacks;
}

function namespaceLacks(kernel: KernelFacts | undefined): Lack[] {
  if (kernel === undefined) return [];
  const missing = 'The kernel lets only root make user namespaces, which this lab needs';
  if (kernel.maxUserNamespaces === undefined) {
    return [
      {
        missing: 'The kernel has no user namespaces, which this lab needs.',
        mend: 'Use a kernel with CONFIG_USER_NS.',
      },
    ];
  }
  const lacks: Lack[] = [];
  if (kernel.maxUserNamespaces === 0) {
    const mend = 'Run: sysctl -w user.max_user_namespaces=15000';
    lacks.push({ missing: `${missing} (user.max_user_namespaces is 0).`, mend: keeps(mend) });
  }
  if (kernel.unprivilegedUserNamespaces === 0) {
    const mend = 'Run: sysctl -w kernel.unprivileged_userns_clone=1';
    lacks.push({ missing: `${missing} (kernel.unprivileged_userns_clone is 0).`, mend: keeps(mend) });
  }
  if (kernel.apparmorRestrictsUserNamespaces === 1) {
    lacks.push({
      missing:
        'AppArmor takes all rights from user namespaces (kernel.apparmor_restrict_unprivileged_userns is 1).',
      mend: keeps('Run: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'),
    });
  }
  return lacks;
}

function seccompLacks({ privileges }: Lab, facts: HostFacts): Lack[] {
  if (!facts.security.includes('seccomp')) {
    return [
      {
        missing: 'The engine has no seccomp, without which this lab would not be safe.',
        mend: 'Use a kernel with CONFIG_SECCOMP_FILTER and an engine built with seccomp.',
      },
    ];
  }
  if (facts.engine === 'docker' || privileges.seccomp === undefined) return [];
  return [
    {
      missing: 'Podman does not take a seccomp profile over its Docker API, and this lab brings one.',
      mend: 'Use Docker, by itself or beside Podman; DOCKER_HOST says which engine Drydock uses.',
    },
  ];
}

/** Programs with file capabilities hand a learner's ids from 100,000 on to nested containers. */
function idLacks({ security }: HostFacts): Lack[] {
  const how = security.includes('rootless')
    ? 'rootless'
    : security.includes('userns')
      ? 'with userns-remap'
      : undefined;
  if (how === undefined) return [];
  return [
    {
      missing: `The engine runs ${how}, which leaves a sandbox too few user ids for containers of its own.`,
      mend: 'Use an engine that runs as root without userns-remap; DOCKER_HOST says which engine Drydock uses.',
    },
  ];
}

function keeps(command: string): string {
  return `${command} (and in a file below /etc/sysctl.d, to last).`;
}
