#!/bin/bash
# Passes when ~/key.txt names the key under which the guestbook counts.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e key.txt ] || no 'There is no file ~/key.txt yet.'
found=$(tr -d '[:space:]"' < key.txt)
[ -n "$found" ] || no 'Your key.txt is empty.'
case $found in
  book:visits) echo 'Found in the database itself.' ;;
  berth | weather) no "The key $found was made by you. The guestbook has another one." ;;
  *book:visits*) no 'Your key.txt holds more than that one key. Leave only the guestbook in it.' ;;
  *) no "Your key.txt says \"${found:0:40}\". The guestbook does not count under that key." ;;
esac
