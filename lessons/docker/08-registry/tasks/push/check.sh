#!/bin/bash
# Passes when the registry has tide-table with the tag 1.0.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
tags=$(curl -sf -m 8 localhost:5000/v2/tide-table/tags/list)
grep -q '"1\.0"' <<< "$tags" && echo 'It lies on the shelf.' && exit 0
[ -n "$tags" ] && no "The registry has tide-table, but not with the tag 1.0: ${tags:0:100}"
docker image inspect localhost:5000/tide-table:1.0 > /dev/null 2>&1 && no 'The image has its name for the registry. Now push it.'
docker image inspect tide-table:1.0 > /dev/null 2>&1 && no 'The image tide-table:1.0 is built. It needs one more name, that begins with localhost:5000/'
docker image inspect tide-table > /dev/null 2>&1 && no 'I found the image tide-table:latest. Expected: the tag 1.0'
no 'There is no image tide-table:1.0 yet.'
