#!/bin/bash
# Passes when ~/env has REST framework and what it requires, and ~/needs.txt names what that is.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
has() { ls -d env/lib/python3*/site-packages/"$1" > /dev/null 2>&1; }
[ -x env/bin/python ] || no 'There is no environment ~/env yet.'
has rest_framework || no 'The environment is there. djangorestframework is not installed in it yet.'
[ -f needs.txt ] || no 'There is no file ~/needs.txt yet. It should name what REST framework requires.'
found=$(tr -s ',[:space:]' '\n' < needs.txt | tr '[:upper:]' '[:lower:]' | sed '/^$/d')
[ -n "$found" ] || no 'Your needs.txt is empty.'
for name in django pytz; do
  grep -Eq "^$name([<>=].*)?$" <<< "$found" || no "Your needs.txt does not name everything that REST framework requires. It names: $(xargs <<< "$found" | cut -c 1-100)"
done
for name in django pytz; do
  has "$name" || no "Your needs.txt is right. $name is not installed in ~/env yet."
done
echo 'REST framework, and what it stands on.'
