#!/bin/bash
# Passes when ~/api.txt holds the version of the daemon's interface.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e api.txt ] || no 'There is no file ~/api.txt yet.'
found=$(tr -d '[:space:]"' < api.txt)
[ -n "$found" ] || no 'Your api.txt is empty.'
expected=$(docker version --format '{{.Server.APIVersion}}')
[ "$found" = "$expected" ] && { echo "Version $expected, asked without any library."; exit 0; }
[ "$found" = "$(docker version --format '{{.Server.MinAPIVersion}}')" ] && no "$found is MinAPIVersion, the oldest that it understands."
no "Your api.txt says ${found:0:60}, which is not the ApiVersion. Write the number alone."
