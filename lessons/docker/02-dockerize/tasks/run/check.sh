#!/bin/bash
# Passes when a container of python-docker-app has said its greeting.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker image inspect python-docker-app > /dev/null 2>&1 || no 'There is no image python-docker-app. Build it first.'
for id in $(docker ps --all --quiet); do
  [ "$(docker inspect --format '{{.Config.Image}}' "$id")" = python-docker-app ] || continue
  seen=$id
  said=$(docker logs "$id" 2>&1 | tail -n 1)
  [ "$said" = 'Hello from Dockerized Python!' ] && echo 'Said by a container.' && exit 0
done
[ -n "${seen-}" ] && no "A container of python-docker-app ran, but said: ${said:0:100}"
no 'No container of python-docker-app is here. With --rm it is cleared away at its end; run it without.'
