#!/bin/bash
# Passes when the project in ~/guestbook answers on port 8090.
no() {
  printf '%s\n' "$*"
  exit 1
}
one() { docker ps --quiet --filter label=com.docker.compose.project=guestbook --filter "label=com.docker.compose.service=$1" | head -n 1; }
web=$(one web)
if [ -n "$web" ] && docker port "$web" 2> /dev/null | grep -q ':8090$' && [[ $(curl -s --max-time 3 localhost:8090/ping) = pong* ]]; then
  echo 'Two faults found, and the guest book counts.'
  exit 0
fi

cd ~/guestbook || no 'The folder ~/guestbook is gone. Reset the lab to get it back.'
services=$(docker compose config --services 2>&1) || no "Compose does not understand ~/guestbook/compose.yaml: $(grep -v '^$' <<< "$services" | tail -n 2 | cut -c 1-200)"
[ -n "$web" ] || no 'The service web of ~/guestbook does not run. Is there a word about a port when you start it? docker ps tells who has that port.'
published=$(docker port "$web" | head -n 1)
port=$(docker port "$web" 8000/tcp 2> /dev/null | head -n 1)
[ -n "$port" ] || no "Nobody listens on the port that is published: ${published:-none}. app.py tells which it is."
[ "${port##*:}" = 8090 ] || no "The page is published on port ${port##*:}, and should be on 8090."
host=$(docker inspect "$web" --format '{{range .Config.Env}}{{println .}}{{end}}' | sed -n 's/^CACHE=//p')
host=${host:-cache}
if ! grep -qx "$host" <<< "$services"; then
  no "The port is right. But web looks for a database named $host, and the services are $(xargs <<< "$services"). Running containers keep their old settings until the next up."
fi
[ -n "$(one "$host")" ] || no "web looks for $host, which does not run yet: docker compose up --detach"
echo 'The settings are right; the page does not answer yet. This task looks again by itself.'
exit 75
