#!/bin/bash
# Passes when the container "reader" serves the volume "logbook", read only.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
mount=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/usr/share/nginx/html"}}{{.Type}} {{.Name}} {{.RW}}{{end}}{{end}}' reader 2> /dev/null) || no 'There is no container named reader yet.'
case $mount in
  'volume logbook false') ;;
  'volume logbook true') no 'The reader may write into the logbook, too. Remove it, and run it with :ro behind the place.' ;;
  '') no 'The reader has nothing laid at /usr/share/nginx/html.' ;;
  *) no "At /usr/share/nginx/html of the reader lies something else: ${mount% *}. Expected: the volume logbook" ;;
esac
[ "$(docker inspect --format '{{.State.Running}}' reader)" = true ] || no 'The reader has ended. See docker logs reader.'
port=$(docker port reader 80 2> /dev/null | head -n 1)
[ "${port##*:}" = "$LESSON_LOG_PORT" ] || no "Port 80 of the reader is at \"${port##*:}\" outside. Expected: $LESSON_LOG_PORT"
curl -sf -m 3 "localhost:$LESSON_LOG_PORT/log.txt" > /dev/null || { echo 'The reader runs, but does not show log.txt yet.'; exit 75; }
echo 'One container wrote it, another one shows it.'
