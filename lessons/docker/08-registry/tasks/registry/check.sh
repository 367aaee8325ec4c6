#!/bin/bash
# Passes when the registry answers on port 5000.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
state=$(docker inspect --format '{{.State.Running}} {{.Config.Image}}' registry 2> /dev/null) || {
  other=$(docker ps --filter ancestor=registry:2 --format '{{.Names}}' | head -n 1)
  [ -n "$other" ] && no "A registry runs, but its name is $other. Expected: registry"
  no 'There is no container named registry yet.'
}
case $state in
  'true registry'*) ;;
  true*) no "The container registry runs ${state#true }. Expected: registry:2" ;;
  *) no 'The container registry has ended. See docker logs registry.' ;;
esac
port=$(docker port registry 5000 2> /dev/null | head -n 1)
[ -n "$port" ] || no 'Port 5000 of the registry is not published, so no engine reaches it.'
[ "${port##*:}" = 5000 ] || no "Port 5000 of the registry is at ${port##*:} outside. Expected: 5000"
curl -sf -m 3 localhost:5000/v2/ > /dev/null || { echo 'The registry runs, but does not answer yet.'; exit 75; }
echo 'A shelf of your own.'
