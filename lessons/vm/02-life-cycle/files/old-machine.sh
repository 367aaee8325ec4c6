#!/bin/bash
# Makes a machine "old", as somebody left it who had other things to do.
lab-vm-define old > /dev/null
virsh --quiet start old --paused
virsh --quiet destroy old
virsh --quiet snapshot-create-as old before-update
echo "There is a machine old. Nobody needs it any more."
