#!/bin/bash
# Passes when nothing is left of the machine old.
no() {
  printf '%s\n' "$*"
  exit 1
}

# The state of a machine as libvirt notes it down, empty where it does not run.
state() {
  sed -n "s/.*<domstatus state='\([a-z]*\)'.*/\1/p" ".cache/libvirt/qemu/run/$1.xml" 2>/dev/null
}

cd || exit 2
[ -e .cache/libvirt/qemu/log/old.log ] || no 'There was no machine old yet. Make it with: bash old-machine.sh'
[ -n "$(state old)" ] && no 'old runs. Stop it first.'
[ -e .config/libvirt/qemu/snapshot/old ] && [ -n "$(ls -A .config/libvirt/qemu/snapshot/old)" ] && no "old still has a snapshot: $(find .config/libvirt/qemu/snapshot/old -name '*.xml' -printf '%f ' | sed 's/\.xml//g')"
[ -e .config/libvirt/qemu/old.xml ] && no 'The snapshots are gone; the definition of old is still there. Take it away with undefine.'
[ -e machines/old.qcow2 ] && no 'libvirt has forgotten old, but its disk is left over: machines/old.qcow2'
echo 'Nothing is left of it.'
