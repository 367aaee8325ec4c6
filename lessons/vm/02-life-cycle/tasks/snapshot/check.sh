#!/bin/bash
# Passes when trial runs from its snapshot clean.
no() {
  printf '%s\n' "$*"
  exit 1
}

# The state of a machine as libvirt notes it down, empty where it does not run.
state() {
  sed -n "s/.*<domstatus state='\([a-z]*\)'.*/\1/p" ".cache/libvirt/qemu/run/$1.xml" 2>/dev/null
}

cd || exit 2
[ -e .config/libvirt/qemu/trial.xml ] || no 'There is no machine trial yet. Define it: lab-vm-define trial'
snapshots=.config/libvirt/qemu/snapshot/trial
if [ ! -e "$snapshots/clean.xml" ]; then
  other=$(find "$snapshots" -name '*.xml' -printf '%f\n' 2>/dev/null | head -n 1)
  [ -n "$other" ] && no "trial has a snapshot named ${other%.xml}. Take one named clean, too."
  no 'trial has no snapshot yet. Start it, and when it has booted: virsh snapshot-create-as trial clean'
fi
grep -q '<state>running</state>' "$snapshots/clean.xml" || no 'The snapshot clean was taken while trial was off, so it has no memory. Delete it (virsh snapshot-delete trial clean), start trial, and take it again.'
[ "$(state trial)" = running ] || no 'trial has its snapshot, but does not run. Go back to the snapshot, which starts it.'
log=.cache/libvirt/qemu/log/trial.log
started=$(grep -n 'starting up libvirt' "$log" | tail -n 1 | cut -d : -f 1)
tail -n "+${started:-1}" "$log" | grep -qe '-loadvm clean' || no 'The snapshot is taken. Now hurt the machine, and go back to it with snapshot-revert.'
echo 'Back in time, memory and all.'
