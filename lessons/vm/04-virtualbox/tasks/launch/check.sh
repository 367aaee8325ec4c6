#!/bin/bash
# Passes when start.py uses the module virtualbox and harbour runs.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e .config/libvirt/qemu/harbour.xml ] || no 'There is no machine harbour yet. VBoxManage createvm makes it; do not forget --register.'
[ -s start.py ] || no 'harbour is there. There is no script start.py in your home folder yet.'
grep -q virtualbox start.py || no 'start.py does not import virtualbox.'
grep -q 'your-vm-name' start.py && no "start.py still looks for 'your-vm-name'. The machine is called harbour."
grep -q launch_vm_process start.py || no 'start.py does not launch a machine: launch_vm_process is missing.'
grep -qs "<domstatus state='running'" .cache/libvirt/qemu/run/harbour.xml || no 'The script is there, but harbour does not run. Run it: python3 start.py'
echo 'Looked up, locked, and started.'
