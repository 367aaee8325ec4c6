#!/bin/bash
# Passes when stop.py is repaired and quay, which ran, is off.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e .config/libvirt/qemu/quay.xml ] || no 'There is no machine quay yet. Make it and start it as shown.'
[ -e .cache/libvirt/qemu/log/quay.log ] || no 'quay has not been started yet: VBoxManage startvm quay --type headless'
[ -e stop.py ] || no 'stop.py is gone. Reset the lab to get it back.'
grep -qE "find_machine\(.Quay" stop.py && no "stop.py still looks for Quay. What is the machine's name?"
grep -qE 'create_session|lock_machine' stop.py || no 'stop.py finds its machine now, but its session has locked nothing. Let the machine make the session.'
[ -e .cache/libvirt/qemu/run/quay.xml ] && no 'stop.py looks right. quay still runs: python3 stop.py'
echo 'Found, locked, and off.'
