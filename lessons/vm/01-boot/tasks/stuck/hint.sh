#!/bin/bash
# Tells which of the files that the definition names are missing.
definition=.config/libvirt/qemu/stuck.xml
[ -e "$definition" ] || exit 0
sed -n 's/.*<\(kernel\|initrd\)>\(.*\)<.*/\2/p' "$definition" | while read -r file; do
  [ -e "$file" ] || echo "Your definition names $file. That folder holds: $(find "${file%/*}" -maxdepth 1 -type f -printf '%f ' 2>/dev/null)"
done
exit 0
