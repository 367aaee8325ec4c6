#!/bin/bash
# Passes when libvirt knows a machine "tiny".
no() {
  printf '%s\n' "$*"
  exit 1
}

cd .config/libvirt/qemu 2>/dev/null || no 'libvirt has not been asked for anything yet. Type: virsh list --all'
if [ -e tiny.xml ]; then
  echo 'Defined: a computer that exists on paper until it is started.'
  exit 0
fi
for file in *.xml; do
  case $file in stuck.xml | '*.xml') continue ;; esac
  no "There is a machine named ${file%.xml}, but the lesson goes on with one named tiny: lab-vm-define tiny"
done
no 'libvirt knows no machine named tiny yet. lab-vm-define wants the name.'
