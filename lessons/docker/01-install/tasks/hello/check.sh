#!/bin/bash
# Passes when a container of hello-world has ended well.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker version > /dev/null 2>&1 || no 'Docker does not answer. Wait a moment, then press Check.'
id=$(docker ps --all --quiet --filter ancestor=hello-world | head -n 1)
if [ -z "$id" ]; then
  [ -n "$(docker ps --all --quiet)" ] && no 'I found a container, but none of the image hello-world.'
  no 'No container of hello-world has run yet. With --rm it would be cleared away; leave that out.'
fi
code=$(docker inspect --format '{{.State.ExitCode}}' "$id")
[ "$code" = 0 ] || no "The container of hello-world ended with code $code. Run it without further words behind its name."
echo 'Client, engine, image and container: all of it works.'
