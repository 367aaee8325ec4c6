#!/bin/bash
# Passes when box has ended by itself, after its button was pressed.
no() {
  printf '%s\n' "$*"
  exit 1
}

# The state of a machine as libvirt notes it down, empty where it does not run.
state() {
  sed -n "s/.*<domstatus state='\([a-z]*\)'.*/\1/p" ".cache/libvirt/qemu/run/$1.xml" 2>/dev/null
}

cd || exit 2
[ -e .config/libvirt/qemu/box.xml ] || no 'There is no machine box. Define and start it as shown at the beginning.'
now=$(state box)
[ "$now" = paused ] && no 'box is held, so it cannot hear its button. Let it go on with: virsh resume box'
[ -n "$now" ] && no "box is $now. Press its button: virsh shutdown box"
[ -e .config/libvirt/qemu/save/box.save ] && no 'box is saved, not shut down. Start it again, then press its button.'
how=$(sed -n 's/.*shutting down, reason=//p' .cache/libvirt/qemu/log/box.log 2>/dev/null | tail -n 1)
[ -n "$how" ] || no 'box has not been started yet. Start it, wait until it has booted, then press its button.'
[ "$how" = destroyed ] && no 'box is off, but its plug was pulled. Start it again, wait until it has booted, and use shutdown.'
[ "$how" = shutdown ] || no "box is off, but it ended otherwise: $how. Start it again and use shutdown."
echo 'It was asked, and went in good order.'
