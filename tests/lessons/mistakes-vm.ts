/** What learners do in the courses on virtual machines and on choosing, step by step, and what the checks say to it. */
import type { Mistakes } from './mistakes.ts';

export const vmMistakes: Mistakes = {
  'vm/boot': [
    {
      task: 'define',
      type: ['lab-vm-define tinny', 'virsh domstate tinny'],
      says: 'There is a machine named tinny',
    },
    { task: 'two-kernels', type: ['lab-vm-define tiny'], says: 'has not booted yet' },
    { task: 'stuck', type: ['virsh define stuck.xml'], says: 'asks for /usr/share/lab-vm/initramfs.img' },
    {
      task: 'stuck',
      type: ['sed -i /initrd/d stuck.xml', 'virsh define stuck.xml'],
      says: 'has no initrd any more',
    },
  ],
  'vm/life-cycle': [
    { task: 'hold', type: ['lab-vm-define rest'], says: 'rest is shut off' },
    { task: 'hold', type: ['virsh start rest'], says: 'rest is running' },
    { task: 'shut-down', type: ['lab-vm-define box', 'virsh start box'], says: 'Press its button' },
    { task: 'shut-down', type: ['virsh destroy box'], says: 'its plug was pulled' },
    {
      task: 'snapshot',
      type: ['lab-vm-define trial', 'virsh snapshot-create-as trial clean'],
      says: 'was taken while trial was off',
    },
  ],
  'vm/python': [
    {
      task: 'inventory',
      type: ['lab-vm-define north', 'lab-vm-define south', 'echo \'print("north 96")\' > inventory.py'],
      says: 'has the name of a machine in it',
    },
    {
      task: 'inventory',
      type: [
        `echo 'import libvirt; [print(m.name(), m.maxMemory()) for m in libvirt.open("").listAllDomains()]' > inventory.py`,
      ],
      says: 'is in KiB',
    },
    { task: 'watch-over', type: [], says: 'still stops' },
    { task: 'watch-over', type: ['echo pass > fleet.py'], says: 'does not start every machine' },
  ],
  'vm/virtualbox': [
    { task: 'launch', type: ['VBoxManage createvm --name harbour --register'], says: 'no script start.py' },
    { task: 'who-plays', type: ['echo VirtualBox > player.txt'], says: 'Look at the processes' },
  ],
  'together/measure': [
    { task: 'start', type: ['python3 note.py process start fast'], says: 'I expected a number' },
    { task: 'start', type: ['python3 note.py process start 23'], says: 'environment, start' },
  ],
  'together/choose': [
    {
      task: 'six-cases',
      type: ["sed -i 's/^[1-6]:.*/& container/' cases.txt"],
      says: '2 of 6 are right. Case 1',
    },
    { task: 'beside-inside', type: ["echo 'rented-server: beside' > plan.txt"], says: 'does not fit' },
  ],
};
