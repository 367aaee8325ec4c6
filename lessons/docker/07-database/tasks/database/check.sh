#!/bin/bash
# Passes when "db" runs Redis in the network "shop" with the volume "dbdata" at /data.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
state=$(docker inspect --format '{{.State.Running}} {{.Config.Image}}' db 2> /dev/null) || {
  docker network inspect shop > /dev/null 2>&1 && no 'The network shop is there. There is no container named db yet.'
  no 'There is no container named db yet, and no network shop.'
}
case $state in
  'true redis'*) ;;
  true*) no "The container db runs ${state#true }, not redis." ;;
  *) no "The container db has ended. It said last: $(docker logs --tail 1 db 2>&1 | cut -c 1-100)" ;;
esac
nets=$(docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' db)
grep -qw shop <<< "$nets" || no "The container db is in the network ${nets% }. Expected: shop"
volume=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Name}}{{end}}{{end}}' db)
case $volume in
  dbdata) ;;
  '') no 'The container db has nothing of yours at /data. Expected: the volume dbdata' ;;
  *) no "At /data of db lies the volume ${volume:0:12}. Expected: dbdata" ;;
esac
docker inspect --format '{{json .Config.Cmd}}' db | grep -q appendonly || no 'The database runs, but does not write down each change. Its command is: redis-server --appendonly yes'
docker exec db redis-cli ping 2> /dev/null | grep -q PONG || { echo 'The database is starting.'; exit 75; }
echo 'A database, and nothing was installed.'
