#!/bin/bash
# Passes when the registry has notice:1.0.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
tags=$(curl -sf -m 8 localhost:5000/v2/notice/tags/list)
grep -q '"1\.0"' <<< "$tags" && echo 'Published, for all of the team.' && exit 0
[ -n "$tags" ] && no "The registry has notice, but not with the tag 1.0: ${tags:0:80}"
curl -sf -m 8 localhost:5000/v2/ > /dev/null || no 'The registry does not answer on port 5000.'
no 'The registry has no notice yet.'
