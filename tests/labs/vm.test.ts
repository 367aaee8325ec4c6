/** The lab "vm" on the real engine: machines boot, live and end, for two learners side by side. */
import assert from 'node:assert/strict';
import { release } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { Screen } from '../contract/screen.ts';
import { LabBench, type Learner } from './support.ts';
import { booted, until } from './vm-machines.ts';

const CTRL_RIGHT_BRACKET = '\x1d';

let bench: LabBench;
let one: Learner;
let two: Learner;

before(async () => {
  bench = await LabBench.open('vm');
  [one, two] = await Promise.all([bench.learner(), bench.learner()]);
});

after(() => bench.close());

test('a machine boots to a shell on its console, and a snapshot brings back its memory', async () => {
  assert.match(await one.ok('lab-vm-define tiny'), /virsh start tiny/);
  await one.ok('virsh start tiny');
  await booted(one, 'tiny');

  const screen = new Screen(await one.sandbox.main());
  await openConsole(screen, /Escape character is[^]*root@tiny:/);
  screen.type('uname -r; touch /root/kept; echo made-$((6*7))\r');
  await screen.until(/made-42/);
  const kernel = /(\S+-cloud-amd64)/.exec(screen.text)?.[1];
  assert.ok(kernel, `expected the guest's kernel, found ${JSON.stringify(screen.text)}`);
  assert.notEqual(kernel, release());

  await one.ok(
    'echo "hello from the sandbox" >/tmp/greeting; (cd /tmp; python3 -m http.server 8000 &>/dev/null &)',
  );
  screen.type('until wget -qO- http://10.0.2.2:8000/greeting; do sleep 1; done\r');
  await screen.until(/hello from the sandbox/);

  await one.ok('virsh snapshot-create-as tiny before');
  screen.type('rm /root/kept; echo gone-$((2*4))\r');
  await screen.until(/gone-8/);
  // Going back starts QEMU anew, which ends the console.
  await one.ok('virsh snapshot-revert tiny before');
  await screen.until(/gone-8[^]*student@vm:/);
  await openConsole(screen, /gone-8[^]*Escape character is[^]*root@tiny:/);
  screen.type('echo back=$(ls /root)\r');
  await screen.until(/back=kept/);

  screen.type(CTRL_RIGHT_BRACKET);
  await screen.until(/back=kept[^]*student@vm:/);
  screen.close();
});

test('virsh holds, saves, resizes, stops and removes the machine', async () => {
  const state = async () => (await one.ok('virsh domstate tiny')).trim();
  await one.ok('virsh suspend tiny');
  assert.equal(await state(), 'paused');
  await one.ok('virsh resume tiny');
  assert.equal(await state(), 'running');
  await one.ok('virsh managedsave tiny && virsh start tiny');
  assert.equal(await state(), 'running');
  await one.ok('virsh shutdown tiny');
  await until('the power button to end the machine', async () => (await state()) === 'shut off');

  await one.ok('virsh snapshot-delete tiny before && qemu-img resize machines/tiny.qcow2 80M');
  await one.ok('virsh setmaxmem tiny 160M --config && virsh setmem tiny 160M --config');
  await one.ok('virsh start tiny');
  const memory = /(\d+) MB of memory/.exec(await booted(one, 'tiny'));
  assert.ok(Number(memory?.[1]) > 110, `expected more than the 96 MB of before, found ${memory?.[0]}`);
  await one.ok('virsh destroy tiny && virsh undefine tiny');
  assert.equal((await one.ok('virsh list --all --name')).trim(), '');
});

test('lab-vm-define refuses what is no name and what is there already', async () => {
  const bad = await one.run('lab-vm-define "a b"');
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /expected a name of letters.*found 'a b'/);
  await one.ok('lab-vm-define twice');
  assert.match((await one.run('lab-vm-define twice')).stderr, /there is a machine 'twice' already/);
  await one.ok('virsh undefine twice');
});

test('virt-install makes a machine, and Python’s libvirt sees it', async () => {
  const boot =
    'kernel=/usr/share/lab-vm/vmlinuz,initrd=/usr/share/lab-vm/initrd.img,kernel_args=console=ttyS0';
  await two.ok(
    `virt-install --name made --memory 128 --osinfo detect=off,require=off --virt-type qemu --import ` +
      `--disk size=1,format=qcow2 --network user --graphics none --noautoconsole --boot ${boot}`,
  );
  const script = 'import libvirt; print([d.name() for d in libvirt.open().listAllDomains() if d.isActive()])';
  assert.equal((await two.ok(`python3 -c '${script}'`)).trim(), "['made']");
  await two.ok('virsh destroy made && virsh undefine made --remove-all-storage');
});

test('learners see only their own machines, and no rights or devices of the host', async () => {
  await one.ok('lab-vm-define mine');
  assert.match(await one.ok('virsh list --all --name'), /^mine$/m);
  assert.equal((await two.ok('virsh list --all --name')).trim(), '');
  for (const learner of [one, two]) {
    assert.equal((await learner.run('test -e /dev/kvm')).code, 1);
    assert.match(await learner.ok('cat /proc/self/status'), /CapBnd:\t0+\n(?:.*\n)*NoNewPrivs:\t1/);
    assert.equal(await learner.ok('find / -xdev -perm /6000 -type f 2>/dev/null || true'), '');
  }
});

/** Types `virsh console tiny`, then Enter until a prompt answers: what is typed while virsh connects can be lost. */
async function openConsole(screen: Screen, prompt: RegExp): Promise<void> {
  screen.type('virsh console tiny\r');
  await until('a prompt on the console', async () => {
    await sleep(500);
    if (!prompt.test(screen.text)) screen.type('\r');
    return prompt.test(screen.text);
  });
}
