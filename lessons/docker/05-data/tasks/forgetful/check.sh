#!/bin/bash
# Passes when the volume "counts" holds a count of three or more.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -f counter/visit ] || no 'counter/visit is gone. Reset the lab to get it back.'
docker volume inspect counts > /dev/null 2>&1 || no 'There is no volume counts yet. Run counter/visit, and see what it says.'
count=$(docker run --rm -v counts:/data:ro busybox cat /data/count 2> /dev/null) || no 'The volume counts is empty: the program writes elsewhere.'
[ "$count" -ge 3 ] 2> /dev/null || no "It counts! The volume says ${count:0:10}; go on until it is 3."
echo "Visit $count, and not forgotten."
