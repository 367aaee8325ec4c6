#!/bin/bash
# Passes when "db" runs redis:latest on the old volume, with the learner's berth in it.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
image=$(docker inspect --format '{{.Config.Image}}' db 2> /dev/null) || no 'There is no container named db. Start it again, from redis:latest.'
case $image in
  redis | redis:latest) ;;
  redis:7) no 'The container db is still the old one, of redis:7.' ;;
  *) no "The container db runs $image. Expected: redis:latest" ;;
esac
volume=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Name}}{{end}}{{end}}' db)
[ "$volume" = dbdata ] || no "The new db has another volume at /data: ${volume:0:12}. Expected: dbdata"
found=$(docker exec db redis-cli get berth 2> /dev/null) || { echo 'The new database is starting.'; exit 75; }
grep -qi "$LESSON_BERTH" <<< "$found" || no 'The new database runs, but does not have your berth. Was the old one started with --appendonly yes, and is this one, too?'
echo 'Another container, the same data.'
