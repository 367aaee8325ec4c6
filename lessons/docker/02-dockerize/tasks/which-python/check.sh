#!/bin/bash
# Passes when ~/which.txt names the Python of the container.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
if [ ! -e which.txt ]; then
  [ -e app/which.txt ] && no 'I found ~/app/which.txt. It belongs in your home folder: ~/which.txt'
  no 'There is no file ~/which.txt yet.'
fi
found=$(tr -d '[:space:]' < which.txt)
[ -n "$found" ] || no 'Your which.txt is empty.'
case $found in
  /usr/local/bin/python*) echo "$found is in the image; in the lab's own folders there is no such file." ;;
  /usr/bin/python3*) no "Your which.txt says $found. That is the lab's own Python. Ask in a container: docker run --rm python-docker-app python -c ..." ;;
  *) no "Your which.txt says ${found:0:60}. Expected: the path of the program python in a container." ;;
esac
