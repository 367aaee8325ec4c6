#!/bin/bash
# Passes when the container "web" runs nginx on the learner's port.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
running=$(docker inspect --format '{{.State.Running}} {{.Config.Image}}' web 2> /dev/null) || {
  other=$(docker ps --filter ancestor=nginx --format '{{.Names}}' | head -n 1)
  [ -n "$other" ] && no "A container of nginx runs, but its name is $other. Expected: web"
  no 'There is no container named web yet.'
}
case $running in
  'true nginx'*) ;;
  true*) no "The container web runs ${running#true }, not nginx." ;;
  *) no "The container web has ended. It said last: $(docker logs --tail 1 web 2>&1 | cut -c 1-100)" ;;
esac
ports=$(docker port web 80 2> /dev/null | head -n 1)
[ -n "$ports" ] || no 'The container web has no door to the outside: its port 80 is not published. Remove it, and run it with -p.'
[ "${ports##*:}" = "$LESSON_WEB_PORT" ] || no "Port 80 of web is your port ${ports##*:}. Expected: $LESSON_WEB_PORT"
curl -sf -m 3 "localhost:$LESSON_WEB_PORT" > /dev/null || { echo 'The container web runs, but does not answer yet.'; exit 75; }
echo "It answers on port $LESSON_WEB_PORT."
