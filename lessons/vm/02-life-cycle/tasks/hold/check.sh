#!/bin/bash
# Passes when the machine rest is paused.
no() {
  printf '%s\n' "$*"
  exit 1
}

# The state of a machine as libvirt notes it down, empty where it does not run.
state() {
  sed -n "s/.*<domstatus state='\([a-z]*\)'.*/\1/p" ".cache/libvirt/qemu/run/$1.xml" 2>/dev/null
}

cd || exit 2
[ -e .config/libvirt/qemu/rest.xml ] || no 'There is no machine rest yet. Define it: lab-vm-define rest'
now=$(state rest)
[ -z "$now" ] && no 'rest is shut off. Start it before you hold it: virsh start rest'
[ "$now" = paused ] || no "rest is $now. Hold it with suspend."
echo 'Held. It takes no processor time, and keeps its memory.'
