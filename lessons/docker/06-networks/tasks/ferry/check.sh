#!/bin/bash
# Passes when the ferry sees the lighthouse; waits while the two share a network and it has not looked yet.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
nets_of() { docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' "$1" 2> /dev/null; }
ferry=$(nets_of ferry) || no 'There is no container ferry. Start the script first: dock/begin'
light=$(nets_of lighthouse) || no 'There is no container lighthouse any more. dock/begin lights it again.'
for name in ferry lighthouse; do
  [ "$(docker inspect --format '{{.State.Running}}' "$name")" = true ] || no "The $name does not run. Start it again: docker start $name"
done
[ "$(docker logs --tail 1 ferry 2>&1)" = 'I see the lighthouse.' ] && echo 'Seen! They share a network.' && exit 0
for net in $ferry; do
  if grep -qw "$net" <<< "$light"; then
    [ "$net" = bridge ] && continue
    echo "They share the network $net. The ferry looks again in a moment."
    exit 75
  fi
done
grep -qw bridge <<< "$ferry" && grep -qw bridge <<< "$light" && no 'They share the network bridge, where nobody is known by name.'
no "The ferry does not see the lighthouse. It is in: ${ferry% }; the lighthouse is in: ${light% }."
