/** VirtualBox's interfaces in the lab "vm", on the real engine: the module `virtualbox` and the command `VBoxManage`. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LabBench, type Learner } from './support.ts';
import { booted, until } from './vm-machines.ts';

let bench: LabBench;
let one: Learner;
let two: Learner;

before(async () => {
  bench = await LabBench.open('vm');
  [one, two] = await Promise.all([bench.learner(), bench.learner()]);
});

after(() => bench.close());

test('pyvbox’s example script boots a machine through VirtualBox’s interface', async () => {
  await one.ok('lab-vm-define your-vm-name');
  await one.ok('python3 -', { input: EXAMPLE_SCRIPT });
  assert.match(await booted(one, 'your-vm-name'), /kernel \S+-cloud-amd64/);
  assert.match(await one.ok('virsh list'), /your-vm-name +running/);
});

test('VirtualBox’s interface controls and changes the machine, and names its errors as pyvbox does', async () => {
  const found = JSON.parse(await one.ok('python3 -', { input: INTERFACE_SCRIPT })) as Record<string, unknown>;
  assert.deepEqual(found, {
    machines: ['your-vm-name'],
    missing: 'Could not find a registered machine named ',
    twice: 'VBOX_E_INVALID_OBJECT_STATE',
    unlocked: 'VBOX_E_INVALID_VM_STATE',
    states: ['Running', 'Paused', 'Running', 'PoweredOff'],
    changed: [144, 2],
    forgotten: 144,
    snapshots: ['clean', 1],
    left: [],
  });
});

test('VBoxManage makes, starts, holds, keeps and removes a machine', async () => {
  const version = await two.run('VBoxManage --version');
  assert.match(version.stdout, /^6\.1\.\d+_Drydock/);
  assert.match(version.stderr, /Drydock: this is not VirtualBox/);
  const manage = (rest: string) => two.ok(`VBoxManage ${rest}`);
  await manage('createvm --name box --register');
  await manage('modifyvm box --memory 112');
  assert.match(await manage('startvm box --type headless'), /"box" has been successfully started/);
  assert.match(await manage('list runningvms'), /^"box" \{[0-9a-f-]{36}\}\n$/);
  assert.match(await booted(two, 'box'), /kernel \S+-cloud-amd64/);
  await manage('controlvm box pause');
  assert.match(await manage('showvminfo box --machinereadable'), /memory=112\n.*\nVMState="paused"\n/);
  await manage('controlvm box resume');
  assert.match(await manage('snapshot box take up --description "it runs"'), /Snapshot taken\. UUID: /);
  assert.match(await manage('snapshot box list'), /Name: up \(UUID: \S+\) \*\n +Description: it runs/);
  await manage('controlvm box poweroff');
  await manage('snapshot box restore up');
  assert.match(await manage('showvminfo box'), /State: +saved\n/);
  await manage('startvm box');
  assert.match(await manage('list runningvms'), /"box"/);
  await manage('controlvm box acpipowerbutton');
  await until('the power button to end the machine', async () => (await manage('list runningvms')) === '');
  await manage('snapshot box delete up');
  await manage('unregistervm box --delete');
  assert.equal(await manage('list vms'), '');
  assert.equal(await two.ok('ls machines'), '');
  const missing = await two.run('VBoxManage startvm box');
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /Could not find a registered machine named 'box'/);
});

/** The usual first script with pyvbox, to the letter. */
const EXAMPLE_SCRIPT = `import virtualbox

# Connect to the VirtualBox manager
vbox = virtualbox.VirtualBox()

# Get the VM by name
vm = vbox.find_machine('your-vm-name')

# Start the VM
session = virtualbox.Session()
vm.launch_vm_process(session, "headless", [])
`;

/** Finds the machine running, leaves none behind, and prints what it saw as JSON. */
const INTERFACE_SCRIPT = `import json
import virtualbox
from virtualbox import library

vbox = virtualbox.VirtualBox()
vm = vbox.find_machine('your-vm-name')
saw = {'machines': [machine.name for machine in vbox.machines], 'states': [str(vm.state)]}
try:
    vbox.find_machine('none')
except library.VBoxErrorObjectNotFound as error:
    saw['missing'] = error.msg.split("'")[0]
try:
    vm.launch_vm_process(virtualbox.Session(), 'headless', [])
except library.VBoxError as error:
    saw['twice'] = error.name

session = vm.create_session()
session.console.pause()
saw['states'].append(str(vm.state))
session.console.resume()
saw['states'].append(str(vm.state))
session.console.power_down().wait_for_completion(-1)
saw['states'].append(str(vm.state))
session.unlock_machine()

try:
    vm.memory_size = 200
except library.VBoxError as error:
    saw['unlocked'] = error.name
with vm.create_session(library.LockType.write) as session:
    session.machine.memory_size = 144
    session.machine.cpu_count = 2
    session.machine.save_settings()
    saw['changed'] = [vm.memory_size, vm.cpu_count]
    session.machine.memory_size = 512
with vm.create_session() as session:
    saw['forgotten'] = session.machine.memory_size
    progress, snapshot_id = session.machine.take_snapshot('clean', 'off', True)
    saw['snapshots'] = [vm.find_snapshot(snapshot_id).name, vm.snapshot_count]
    progress = session.machine.restore_snapshot()
    progress.wait_for_completion(-1)
    assert progress.result_code == 0, progress.error_info.text
    assert vm.state == library.MachineState.powered_off
vm.remove()
saw['left'] = [machine.name for machine in vbox.machines]
print(json.dumps(saw))
`;
