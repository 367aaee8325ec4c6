#!/bin/bash
# Passes when ~/computer.txt says whether a hypervisor is below the lab's kernel.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e computer.txt ] || no 'There is no file ~/computer.txt yet.'
found=$(tr -d '[:space:]' < computer.txt | tr '[:upper:]' '[:lower:]')
[ -n "$found" ] || no 'Your computer.txt is empty.'
case $found in
  virtual | physical) ;;
  *) no "computer.txt should hold one word, virtual or physical, but holds: ${found:0:40}" ;;
esac
right=physical
if grep -qw hypervisor /proc/cpuinfo || lscpu | grep -q '^Hypervisor vendor'; then right=virtual; fi
[ "$found" = "$right" ] || no "You wrote $found. Look once more through the flags that lscpu prints: is hypervisor among them?"
if [ "$right" = virtual ]; then
  echo "So it is: the processor itself says that a hypervisor is below ($(lscpu | sed -n 's/^Hypervisor vendor: *//p'))."
else
  echo 'So it is: no hypervisor is below. This kernel has the hardware to itself.'
fi
