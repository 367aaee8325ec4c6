import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostReport } from './host.ts';
import { formatHostReport } from './host-report.ts';

const REPORT: HostReport = {
  address: 'unix:///var/run/docker.sock',
  facts: {
    engine: 'docker',
    version: '28.0.0',
    storageDriver: 'overlay2',
    cgroupVersion: '2',
    security: ['apparmor', 'seccomp'],
    cpus: 2,
    memoryMb: 3900,
    limits: { memory: true, pids: true, cpus: true },
    kernel: {
      maxUserNamespaces: 15_000,
      unprivilegedUserNamespaces: undefined,
      apparmorRestrictsUserNamespaces: 1,
    },
  },
  hub: false,
  labs: [
    { name: 'python', memoryMb: 512, warm: 2, built: true, lacks: [] },
    {
      name: 'docker',
      memoryMb: 1024,
      warm: 1,
      built: false,
      lacks: [
        { missing: 'AppArmor is in the way.', mend: 'Run: sysctl -w this=0' },
        { missing: 'So is something else.', mend: 'Use another.' },
      ],
    },
  ],
};

test('the report is aligned and says why a lab does not run and how to mend it', () => {
  assert.equal(
    formatHostReport(REPORT),
    `Engine            Docker 28.0.0 at unix:///var/run/docker.sock
Storage driver    overlay2
Cgroups           version 2
Security          apparmor, seccomp
Machine           2 processors, 3900 MB of memory
User namespaces   without rights, by AppArmor
Docker Hub        does not answer; images are made from Debian's packages

Lab      Image           Memory    Warm   Runs here
python   built           512 MB    2      yes
docker   not built yet   1024 MB   1      no

Why docker does not run:
  AppArmor is in the way.
    Run: sysctl -w this=0
  So is something else.
    Use another.

1 of 2 labs cannot run on this host.`,
  );
});

test('where all is well the report ends with that', () => {
  const labs = REPORT.labs.filter((lab) => lab.lacks.length === 0);
  const facts = { ...REPORT.facts, kernel: undefined, engine: 'podman' as const, security: [] };
  const text = formatHostReport({ ...REPORT, labs, facts, hub: undefined });
  assert.match(text, /^Engine +Podman 28/);
  assert.match(text, /^Security +nothing$/m);
  assert.match(text, /^User namespaces +not known, the engine runs on another kernel$/m);
  assert.match(text, /^Docker Hub +not known/m);
  assert.match(text, /\n\nAll labs can run on this host\.$/);
});
