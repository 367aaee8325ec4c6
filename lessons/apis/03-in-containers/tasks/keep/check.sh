#!/bin/bash
# Passes when the cache keeps its data in a volume with a name.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
mounts=$(docker inspect api_cache_1 --format '{{range .Mounts}}{{println .Type .Name .Destination}}{{end}}' 2> /dev/null) || no 'There is no container api_cache_1. Start the two with docker compose up --detach.'
mount=$(grep ' /data$' <<< "$mounts") || no 'The cache has no volume at /data. After you have changed the file, run docker compose up --detach again.'
read -r type name _ <<< "$mount"
[ "$type" = volume ] || no "At /data there is a $type, not a volume."
[ "${#name}" -lt 64 ] || no 'At /data there is a volume without a name, which the next container does not get. Give it one.'
[ "$(docker inspect api_cache_1 --format '{{.State.Running}}')" = true ] || no 'The volume is there. api_cache_1 does not run.'
echo "The volume $name stays when the containers go."
