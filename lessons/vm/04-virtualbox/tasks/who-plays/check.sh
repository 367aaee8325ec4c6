#!/bin/bash
# Passes when player.txt names QEMU.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -s player.txt ] || no 'There is no answer in player.txt yet. Start harbour, and look at the processes.'
grep -qi 'qemu' player.txt && { echo 'QEMU it is, as in the lessons before.'; exit 0; }
grep -qi 'vbox\|virtualbox' player.txt && no 'VirtualBox is what the commands are called here. Look at the processes: which one is large?'
grep -qi 'libvirt' player.txt && no 'libvirt gives the orders, but another program plays the machine. Which process is larger?'
no "player.txt says: $(head -c 60 player.txt). No process of that name plays a machine here."
