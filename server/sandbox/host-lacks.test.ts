import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labSchema } from '../../protocol/lab.ts';
import type { HostFacts, KernelFacts } from './host-facts.ts';
import { lacksOf, tellLacks } from './host-lacks.ts';

const KERNEL: KernelFacts = {
  maxUserNamespaces: 96_000,
  unprivilegedUserNamespaces: undefined,
  apparmorRestrictsUserNamespaces: undefined,
};
const HOST: HostFacts = {
  engine: 'docker',
  version: '28.0.0',
  storageDriver: 'overlay2',
  cgroupVersion: '2',
  security: ['seccomp', 'cgroupns'],
  cpus: 4,
  memoryMb: 8000,
  limits: { memory: true, pids: true, cpus: true },
  kernel: KERNEL,
};
const PLAIN = labSchema.parse({ title: 'Plain' });
const NESTED = labSchema.parse({
  title: 'Nested',
  privileges: {
    capabilities: ['SETUID', 'SETGID'],
    userNamespaces: true,
    unmaskedProc: true,
    seccomp: 'seccomp.json',
  },
});

function kernel(more: Partial<KernelFacts>): Partial<HostFacts> {
  return { kernel: { ...KERNEL, ...more } };
}

/** What a made-up host lacks for the lab with all privileges; the plain lab must lack nothing there. */
function missing(host: Partial<HostFacts>): string {
  const facts = { ...HOST, ...host };
  assert.deepEqual(lacksOf(PLAIN, facts), []);
  const lacks = lacksOf(NESTED, facts);
  for (const { mend } of lacks) assert.match(mend, /^(Run|Use): ?|^Use /);
  return tellLacks(lacks);
}

test('an ordinary host runs every lab', () => {
  assert.equal(missing({}), '');
  assert.equal(missing({ security: ['apparmor', 'seccomp'] }), '');
  assert.equal(missing(kernel({ unprivilegedUserNamespaces: 1, apparmorRestrictsUserNamespaces: 0 })), '');
});

test('an engine on another kernel, which cannot be asked, is given the benefit of the doubt', () => {
  assert.equal(missing({ kernel: undefined }), '');
});

test('each thing that a host lacks is named, with what mends it', () => {
  assert.match(
    missing(kernel({ maxUserNamespaces: 0 })),
    /max_user_namespaces is 0.*sysctl -w user\.max_user_namespaces=15000/,
  );
  assert.match(missing(kernel({ maxUserNamespaces: undefined })), /no user namespaces.*CONFIG_USER_NS/);
  assert.match(missing(kernel({ unprivilegedUserNamespaces: 0 })), /unprivileged_userns_clone=1/);
  assert.match(
    missing(kernel({ apparmorRestrictsUserNamespaces: 1 })),
    /AppArmor takes all rights.*sysctl -w kernel\.apparmor_restrict_unprivileged_userns=0/,
  );
  assert.match(missing({ security: ['apparmor'] }), /no seccomp/);
  assert.match(missing({ engine: 'podman' }), /Podman does not take a seccomp profile.*Use Docker/);
  assert.match(missing({ security: ['seccomp', 'rootless'] }), /runs rootless.*too few user ids/);
  assert.match(missing({ security: ['seccomp', 'userns'] }), /runs with userns-remap/);
});

test('all that is missing is told at once', () => {
  const lacks = lacksOf(NESTED, {
    ...HOST,
    engine: 'podman',
    security: ['seccomp', 'rootless'],
    ...kernel({ maxUserNamespaces: 0 }),
  });
  assert.equal(lacks.length, 3);
});

test('limits beyond the machine, or that the engine cannot hold, are told for every lab', () => {
  const large = labSchema.parse({ title: 'Large', limits: { cpus: 8, memoryMb: 16_000 } });
  assert.match(
    tellLacks(lacksOf(large, HOST)),
    /asks for 8 processors, the engine has 4.*16000 MB of memory, the engine has 8000 MB/,
  );
  const unbounded = { ...HOST, limits: { memory: false, pids: true, cpus: false } };
  assert.match(tellLacks(lacksOf(PLAIN, unbounded)), /cannot limit memory and processors/);
});
