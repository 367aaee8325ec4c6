#!/bin/bash
# Passes when Compose runs the services web and cache in ~/visits, and the page answers on the learner's port.
no() {
  printf '%s\n' "$*"
  exit 1
}
one() { docker ps --quiet --filter label=com.docker.compose.project=visits --filter "label=com.docker.compose.service=$1" | head -n 1; }
web=$(one web)
cache=$(one cache)
port=
[ -z "$web" ] || port=$(docker port "$web" 8000/tcp 2> /dev/null | head -n 1)
port=${port##*:}
if [ -n "$cache" ] && [ "$port" = "$LESSON_WEB_PORT" ] && [[ $(curl -s --max-time 3 "localhost:$port/ping") = pong* ]]; then
  echo 'Two containers, one file: the page counts, and finds its database by name.'
  exit 0
fi

cd ~/visits || no 'The folder ~/visits is gone. Reset the lab to get it back.'
if ! compgen -G '*compose.y*ml' > /dev/null; then
  [ -e ../compose.yaml ] && no 'I found ~/compose.yaml; it belongs in the folder ~/visits, beside app.py.'
  no 'There is no file compose.yaml in ~/visits yet.'
fi
services=$(docker compose config --services 2>&1) || no "Compose does not understand your file: $(grep -v '^$' <<< "$services" | tail -n 2 | cut -c 1-200)"
for name in web cache; do
  grep -qx "$name" <<< "$services" || no "Your file has no service $name; it has: $(xargs <<< "$services")."
done
for id in "$web" "$cache"; do
  [ -n "$id" ] || no 'The file is fine, but the two services do not run yet: docker compose up --detach, in ~/visits.'
done
if [ -z "$port" ]; then
  other=$(docker port "$web" | head -n 1)
  no "The application listens on port 8000 of its container, which is not published. ${other:+Published is: $other.}"
fi
[ "$port" = "$LESSON_WEB_PORT" ] || no "The page is published on port $port; yours is $LESSON_WEB_PORT. Correct the file, and docker compose up --detach again."
image=$(docker inspect "$cache" --format '{{.Config.Image}}')
[[ $image = *redis* ]] || no "cache runs the image $image. It should be redis:7."
echo 'Both run; the page does not answer yet. This task looks again by itself.'
exit 75
