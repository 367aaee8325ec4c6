#!/bin/bash
# Passes when the container "guestbook" is set to find the database, and has counted a visit there.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker image inspect guestbook > /dev/null 2>&1 || no 'There is no image guestbook yet. Build it from the folder guestbook.'
state=$(docker inspect --format '{{.State.Running}}' guestbook 2> /dev/null) || no 'The image is built. There is no container named guestbook yet.'
[ "$state" = true ] || no "The guestbook has ended. It said last: $(docker logs --tail 1 guestbook 2>&1 | cut -c 1-100)"
nets=$(docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' guestbook)
grep -qw shop <<< "$nets" || no "The guestbook is in the network ${nets% }, the database is in shop."
port=$(docker port guestbook 8000 2> /dev/null | head -n 1)
[ -n "$port" ] || no 'Port 8000 of the guestbook is not published. Did you publish another one?'
[ "${port##*:}" = "$LESSON_BOOK_PORT" ] || no "Port 8000 of the guestbook is at ${port##*:} outside. Expected: $LESSON_BOOK_PORT"
host=$(docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' guestbook | sed -n 's/^REDIS_HOST=//p')
[ -n "$host" ] || no 'Nobody told the guestbook where the database is: the variable REDIS_HOST is missing.'
# A look must not count as a visit, so the database is asked.
visits=$(docker exec db redis-cli get book:visits 2> /dev/null)
[ -n "$visits" ] || no "The guestbook runs, and looks for its database at \"$host\". No visit is counted yet; ask it: curl localhost:$LESSON_BOOK_PORT"
echo "Visits so far: $visits."
