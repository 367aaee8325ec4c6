#!/bin/bash
# Passes when the database of ~/visits keeps its data in a named volume, and has once been stopped with it.
no() {
  printf '%s\n' "$*"
  exit 1
}

cache=$(docker ps --quiet --filter label=com.docker.compose.project=visits --filter label=com.docker.compose.service=cache | head -n 1)
[ -n "$cache" ] || no 'The service cache of ~/visits does not run.'
mount=$(docker inspect "$cache" --format '{{range .Mounts}}{{.Destination}} {{.Type}} {{.Name}}{{"\n"}}{{end}}' | grep '^/data ')
read -r _ type name <<< "$mount"
if [ -z "$mount" ] || [[ $name =~ ^[0-9a-f]{64}$ ]]; then
  others=$(docker inspect "$cache" --format '{{range .Mounts}}{{.Destination}} {{end}}' | sed 's|/data ||')
  [ -n "$others" ] && no "A volume is mounted at $others, but Redis writes into /data."
  grep -qs 'numbers' ~/visits/*compose.y*ml && no 'numbers is in your file, but the running cache does not use it: docker compose up --detach'
  no 'cache writes into a volume without a name, and every new container gets a fresh one.'
fi
[ "$type" = volume ] || no 'The data lie in a folder of yours. That keeps them, too; but here they should be in the volume numbers.'
[[ $name = *_numbers ]] || no "The data lie in the volume $name. It should be numbers."
docker exec "$cache" test -e /data/dump.rdb || no 'The volume is in place, but still empty. Visit the page, then docker compose down, up, and visit it again.'
echo 'The containers went, and the number stayed.'
