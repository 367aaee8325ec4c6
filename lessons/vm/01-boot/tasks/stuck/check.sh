#!/bin/bash
# Passes when the machine "stuck" runs with the lab's initramfs.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
definition=.config/libvirt/qemu/stuck.xml
[ -e "$definition" ] || no 'libvirt does not know stuck yet. Begin with: virsh define stuck.xml'
initrd=$(sed -n 's|.*<initrd>\(.*\)</initrd>.*|\1|p' "$definition")
if grep -qs "<domstatus state='running'" .cache/libvirt/qemu/run/stuck.xml; then
  [ -n "$initrd" ] || no 'stuck runs, but without its first file system (initrd), so its kernel stops early. Give it one.'
  echo 'It runs. The message had named the file.'
  exit 0
fi
[ -z "$initrd" ] && no 'The definition of stuck has no initrd any more. It needs the right one, not none.'
[ -e "$initrd" ] || no "stuck is defined, but its definition asks for $initrd, which does not exist."
no 'The definition of stuck looks right now. Start it: virsh start stuck'
