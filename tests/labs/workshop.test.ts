/** The lab "workshop" on the real engine: a container and a machine side by side in one sandbox. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LabBench, type Learner } from './support.ts';
import { booted } from './vm-machines.ts';

let bench: LabBench;
let one: Learner;

before(async () => {
  bench = await LabBench.open('workshop');
  one = await bench.learner();
});

after(() => bench.close());

test('a container shares the kernel of the sandbox, and a machine beside it boots its own', async () => {
  const host = await one.ok('uname -r');
  assert.equal(await one.ok('docker run --rm busybox uname -r'), host);
  await one.ok('lab-vm-define tiny && virsh start tiny');
  const kernel = /kernel (\S+-cloud-amd64)/.exec(await booted(one, 'tiny'))?.[1];
  assert.ok(kernel, 'expected the guest to name its kernel, found none');
  assert.notEqual(kernel, host.trim());
});

test('both run at once within the memory of the sandbox, and environments are made beside them', async () => {
  await one.ok('docker run -d --name web nginx && docker exec web true');
  assert.match(await one.ok('virsh list --name'), /^tiny$/m);
  await one.ok('python3 -m venv env && env/bin/python -c "import sys; assert sys.prefix != sys.base_prefix"');
  await one.ok('docker rm -f web && virsh destroy tiny');
});

test('nothing in a sandbox has more rights than its learner', async () => {
  assert.equal(await one.ok('find / -xdev -perm /6000 -type f 2>/dev/null; true'), '');
  assert.equal((await one.run('test -e /dev/kvm')).code, 1);
});
