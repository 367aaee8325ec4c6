#!/bin/bash
# Passes when the API of the project api runs and reaches its cache. Asks in the container, and counts nothing.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
for name in web cache; do
  state=$(docker inspect "api_${name}_1" --format '{{.State.Status}}' 2> /dev/null) || no "There is no container api_${name}_1 yet: docker compose up --detach in ~/api starts the two."
  [ "$state" = running ] || no "api_${name}_1 is there, but its status is $state. docker logs api_${name}_1 tells why."
done
host=$(docker inspect api_web_1 --format '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^CACHE_HOST=//p')
if [ "$host" != cache ]; then
  grep -q CACHE_HOST api/docker-compose.yml && no "api_web_1 looks for its cache at the host \"$host\". Mend the file if need be, and run docker compose up --detach again."
  no 'api_web_1 looks for its cache at localhost, which is itself. Tell it the name of the other service.'
fi
answer=$(curl -s --max-time 3 localhost:8000/api/)
if [ -z "$answer" ]; then
  echo 'Both run; the API does not answer yet. This task looks again by itself.'
  exit 75
fi
echo 'Two containers, one API.'
