#!/bin/bash
# Lists what is left of the machine old.
for file in .config/libvirt/qemu/old.xml .config/libvirt/qemu/snapshot/old/*.xml machines/old.qcow2; do
  [ -e "$file" ] && echo "Still there: $file"
done
exit 0
