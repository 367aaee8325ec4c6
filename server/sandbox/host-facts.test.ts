import assert from 'node:assert/strict';
import { release } from 'node:os';
import { test } from 'node:test';
import { gatherFacts, type HostFacts } from './host-facts.ts';

test('facts are read from what the engine says', async () => {
  const info = {
    ServerVersion: '20.10.24',
    Driver: 'overlay2',
    CgroupVersion: '1',
    KernelVersion: release(),
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default', 'name=rootless'],
    NCPU: 2,
    MemTotal: 4 * 1024 ** 3,
    MemoryLimit: true,
    PidsLimit: false,
  };
  const facts = await gatherFacts(info, { podman: false, local: true });
  assert.deepEqual(facts.security, ['apparmor', 'seccomp', 'rootless']);
  assert.equal(facts.memoryMb, 4096);
  assert.deepEqual(facts.limits, { memory: true, pids: false, cpus: true });
  assert.ok(facts.kernel);
  assert.equal((await gatherFacts(info, { podman: false, local: false })).kernel, undefined);
  const elsewhere = { ...info, KernelVersion: '6.6.0-linuxkit' };
  assert.equal((await gatherFacts(elsewhere, { podman: false, local: true })).kernel, undefined);
});

test('Podman’s own word about its limits is not taken: it looks in the wrong place', async () => {
  const limitsOf = async (CgroupVersion: string, ...security: string[]): Promise<HostFacts['limits']> => {
    const info = { CgroupVersion, SecurityOptions: security, MemoryLimit: false, PidsLimit: true };
    return (await gatherFacts(info, { podman: true, local: true })).limits;
  };
  assert.deepEqual(await limitsOf('2', 'name=rootless'), { memory: true, pids: true, cpus: true });
  assert.deepEqual(await limitsOf('1'), { memory: true, pids: true, cpus: true });
  assert.deepEqual(await limitsOf('1', 'name=rootless'), { memory: false, pids: false, cpus: false });
});
