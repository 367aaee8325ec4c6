#!/bin/bash
# Passes when there is an image board:1.0 with Flask and the program.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
if ! docker image inspect board:1.0 > /dev/null 2>&1; then
  tags=$(docker images --format '{{.Repository}}:{{.Tag}}' board | head -n 3 | tr '\n' ' ')
  [ -n "$tags" ] && no "I found $tags, but no board:1.0. The tag follows the name in -t, after a colon."
  no 'There is no image board:1.0 yet.'
fi
docker history --no-trunc --format '{{.CreatedBy}}' board:1.0 | grep -q 'pip install' || no 'The image board:1.0 was built without its packages. Build it from the Dockerfile in the folder board.'
echo 'Built, with its packages in it.'
