#!/bin/bash
# Passes when "gate" is in the network "harbour" and published on 127.0.0.1 at the learner's port.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
state=$(docker inspect --format '{{.State.Running}}' gate 2> /dev/null) || no 'There is no container named gate yet.'
[ "$state" = true ] || no 'The gate has ended. See docker logs gate.'
nets=$(docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' gate)
grep -qw harbour <<< "$nets" || no "The gate is in the network ${nets% }. Expected: harbour"
ports=$(docker port gate 80 2> /dev/null)
[ -n "$ports" ] || no 'Port 80 of the gate is not published.'
[ "${ports##*:}" = "$LESSON_GATE_PORT" ] || no "Port 80 of the gate is at ${ports##*:} outside. Expected: $LESSON_GATE_PORT"
[ "$ports" = "127.0.0.1:$LESSON_GATE_PORT" ] || no 'The gate is open for the whole net. Put 127.0.0.1: in front of the port outside.'
curl -sf -m 3 "127.0.0.1:$LESSON_GATE_PORT" > /dev/null || { echo 'The gate stands, but does not answer yet.'; exit 75; }
echo 'One door, and it leads to you alone.'
