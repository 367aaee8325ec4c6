#!/bin/bash
# Passes when there is an image python-docker-app that starts app.py.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
command=$(docker image inspect --format '{{json .Config.Cmd}}' python-docker-app 2>/dev/null) || {
  docker version > /dev/null 2>&1 || no 'Docker does not answer. Wait a moment, then press Check.'
  nameless=$(docker images --quiet --filter dangling=true | head -n 1)
  [ -n "$nameless" ] && no 'There is an image without a name. Build again, with -t python-docker-app.'
  no 'There is no image python-docker-app yet.'
}
case $command in
  *app.py*) echo 'The image is there, and knows how to start.' ;;
  *) no "The image python-docker-app starts $command, not app.py. Mend CMD in the Dockerfile, and build again." ;;
esac
