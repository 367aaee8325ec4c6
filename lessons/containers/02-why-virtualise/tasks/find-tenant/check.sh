#!/bin/bash
# Passes when ~/pid.txt holds the number that the process of the container "tenant" has in the learner's shell.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
pid=$(pgrep -fx 'sleep 5000' | head -n 1)
if [ -z "$pid" ]; then
  no 'No "sleep 5000" runs on this computer. Start it: docker run -d --name tenant busybox sleep 5000'
fi
inner=$(awk '/^NSpid:/ { print $NF }' "/proc/$pid/status" 2> /dev/null)
[ "$inner" = 1 ] || no "A \"sleep 5000\" runs, but not in a container: it is process $inner in its own eyes. End it, and let docker run start one."
[ -s pid.txt ] || no 'There is no ~/pid.txt yet, or it is empty. Which number does the process have in the list of this computer?'
found=$(tr -d '[:space:]' < pid.txt)
[[ $found =~ ^[0-9]+$ ]] || no "pid.txt should hold one number, but holds: ${found:0:40}"
[ "$found" != 1 ] || no '1 is its number inside. Ask from outside, in your shell: what does ps -e call it there?'
middle=$(awk '/^NSpid:/ { print $(NF - 1) }' "/proc/$pid/status" 2> /dev/null)
if [ "$found" != "$pid" ] && [ "$found" = "$middle" ]; then
  no "$found is what Docker says, and in this lab Docker itself lives behind a wall with numbers of its own. Ask ps in your shell."
fi
[ "$found" = "$pid" ] || no "pid.txt says $found, but that is not the sleep of the container. A fresh container has a fresh number."
echo "Process 1 inside, process $pid outside: one process, one kernel."
