#!/bin/bash
# Passes when each case has the least that suffices.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e cases.txt ] || no 'cases.txt is gone. Reset the lab to get it back.'
right=(environment container machine container machine machine)
why=('Only a Python package has to be kept apart.' 'A database belongs to it, and five laptops and a server.' 'It needs another operating system.'
  'A clean start, very often: think of the start-up time, and of more than packages.' 'A kernel module reaches the kernel, which a container shares.' 'These have different kernels.')
wrong=0
for n in 1 2 3 4 5 6; do
  said=$(sed -n "s/^$n: *//p" cases.txt | head -n 1 | tr -d ' \r' | tr '[:upper:]' '[:lower:]')
  [ -n "$said" ] || no "Case $n has no answer yet. Write one word behind $n:"
  case $said in environment | container | machine) ;; *) no "Case $n: expected environment, container or machine, found: ${said:0:30}" ;; esac
  [ "$said" = "${right[n - 1]}" ] || { wrong=$((wrong + 1)); [ "$wrong" = 1 ] && first="Case $n: $said is not the best. ${why[n - 1]}"; }
done
[ "$wrong" = 0 ] || no "$((6 - wrong)) of 6 are right. $first"
echo 'Six of six.'
