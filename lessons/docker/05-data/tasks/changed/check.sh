#!/bin/bash
# Passes when ~/found.txt names the file that "smuggler" has added.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker container inspect smuggler > /dev/null 2>&1 || no 'There is no container smuggler. Start the script first: cove/begin'
file=$(docker diff smuggler | sed -n 's/^A \(.*cask-.*\)/\1/p' | head -n 1)
[ -e found.txt ] || no 'There is no file ~/found.txt yet.'
found=$(sed 's/^[AC] //' found.txt | tr -d '[:space:]')
[ -n "$found" ] || no 'Your found.txt is empty.'
[ "$found" = "$file" ] && echo "A cask of rum, in $file." && exit 0
docker diff smuggler | grep -q " $found\$" && no "$found was touched, too, but it is a folder. The path of the file is longer, or another one."
no "Your found.txt says ${found:0:60}. The smuggler has added no such file."
