#!/bin/bash
# Passes when host.txt holds the sandbox's kernel and guest.txt that of tiny, as it said on its console.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e .config/libvirt/qemu/tiny.xml ] || no 'There is no machine tiny. The task before this one defines it.'
guest=$(sed -n 's/^ *kernel \([^,]*\),.*/\1/p' machines/tiny.log 2>/dev/null | tail -n 1)
[ -n "$guest" ] || no 'tiny has not booted yet. Start it with: virsh start tiny --console'
host=$(uname -r)
for name in host guest; do
  [ -e "$name.txt" ] || no "tiny has booted. There is no file $name.txt in your home folder yet."
  [ -s "$name.txt" ] || no "The file $name.txt is empty. Write the version into it."
done
first=$(tr -d ' \r\n' < host.txt)
second=$(tr -d ' \r\n' < guest.txt)
[ "$first" = "$guest" ] && [ "$second" = "$host" ] && no 'Both versions are right, but in the wrong files: host.txt is for your own shell.'
[ "$first" = "$host" ] || no "host.txt should hold what uname -r says in your shell, but says: ${first:0:60}"
[ "$second" = "$host" ] && no 'guest.txt holds the kernel of your own shell. Ask on the console of tiny.'
[ "$second" = "$guest" ] || no "guest.txt should hold what uname -r says on the console of tiny, but says: ${second:0:60}"
echo "Two kernels at the same time: $host and $guest."
