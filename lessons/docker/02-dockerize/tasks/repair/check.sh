#!/bin/bash
# Passes when the image tide is built and a container of it has told the tide.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ "$(python3 -B tide/tide.py 2>&1)" = 'High tide at 06:12' ] || no 'tide/tide.py was right as it was. Reset the lab to get it back.'
if ! docker image inspect tide > /dev/null 2>&1; then
  grep -q 'tides\.py' tide/Dockerfile && no 'There is no image tide yet: its Dockerfile copies a file that is not there.'
  no 'There is no image tide yet. Build it in the folder tide, with -t tide.'
fi
for id in $(docker ps --all --quiet); do
  [ "$(docker inspect --format '{{.Config.Image}}' "$id")" = tide ] || continue
  said=$(docker logs "$id" 2>&1 | tail -n 1)
  [ "$said" = 'High tide at 06:12' ] && echo 'Two faults: one of the build, one of the start.' && exit 0
done
[ -n "${said-}" ] && no "The image is built, but its container said: ${said:0:150}"
no 'The image is built. Run it now, without --rm: docker run tide'
