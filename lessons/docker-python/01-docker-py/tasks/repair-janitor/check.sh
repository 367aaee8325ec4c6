#!/bin/bash
# Passes when the ended containers are gone, the worker works, and janitor.py knows how.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -f janitor.py ] || no 'janitor.py is gone. Reset the lab to get it back.'
running=$(docker inspect worker --format '{{.State.Running}}' 2> /dev/null) || no 'There is no container worker: run ./make-mess.sh. The janitor must leave worker alone.'
[ "$running" = true ] || no 'worker does not run any more. docker start worker; the janitor must leave it alone.'
left=$(docker ps --all --filter label=lesson=mess --filter status=exited --format '{{.Names}}' | sort | xargs)
[ -z "$left" ] || no "Still there, though they have ended: $left."
grep -q '"stopped"' janitor.py && no 'The crates are gone, but janitor.py still looks for the status "stopped".'
grep -Eq "all *= *True|[\"']status[\"'] *:" janitor.py || no 'The crates are gone, but janitor.py still sees running containers only.'
echo 'The janitor sees what has ended, and leaves the worker at work.'
