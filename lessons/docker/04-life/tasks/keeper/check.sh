#!/bin/bash
# Passes when ~/keeper.txt names the keeper that the log of "beacon" tells.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
first=$(docker logs beacon 2> /dev/null | head -n 1)
[ -n "$first" ] || no 'There is no container beacon. Open the harbour first: harbour/begin'
name=${first#The keeper is }
name=${name%.}
[ -e keeper.txt ] || no 'There is no file ~/keeper.txt yet.'
found=$(head -c 200 keeper.txt | tr '\n' ' ')
[ -n "${found// /}" ] || no 'Your keeper.txt is empty.'
grep -qiw "$name" <<< "$found" || no "Your keeper.txt says \"${found:0:40}\". The log begins with another name."
echo "$name keeps the beacon."
