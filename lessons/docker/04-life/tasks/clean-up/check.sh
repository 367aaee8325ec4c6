#!/bin/bash
# Passes when nothing has ended and is still there, and "web" and "ferry" run.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
for name in web ferry; do
  [ "$(docker inspect --format '{{.State.Running}}' "$name" 2> /dev/null)" = true ] || no "The container $name does not run any more. Start it again; only the ended ones should go."
done
docker container inspect beacon > /dev/null 2>&1 || no 'The beacon is gone, too. It was running; harbour/begin lights it again.'
left=$(docker ps --all --filter status=exited --filter status=created --format '{{.Names}}' | head -n 4 | tr '\n' ' ')
[ -z "$left" ] || no "Still there, though they have ended: $left"
echo 'All that is here is at work.'
