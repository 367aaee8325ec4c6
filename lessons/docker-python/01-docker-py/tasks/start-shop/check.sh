#!/bin/bash
# Passes when the container "shop" serves nginx on the port of the learner.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
info=$(docker inspect shop --format '{{.State.Status}} {{.Config.Image}}' 2> /dev/null) || no 'There is no container named shop yet.'
read -r status image <<< "$info"
[ "$status" = running ] || no "shop is there, but its status is $status. Remove it (docker rm shop) and start it again."
[[ $image = *nginx* ]] || no "shop runs the image $image. It should be nginx."
port=$(docker port shop 80/tcp 2> /dev/null | head -n 1)
[ -n "$port" ] || no 'shop runs, but its port 80 is not published. Look at ports in the table.'
[ "${port##*:}" = "$LESSON_SHOP_PORT" ] || no "shop is published on the port ${port##*:}; yours is $LESSON_SHOP_PORT."
if ! curl -s --max-time 3 "localhost:$LESSON_SHOP_PORT" > /dev/null; then
  echo 'shop runs; it does not answer yet. This task looks again by itself.'
  exit 75
fi
echo 'A web server, started from Python.'
