#!/bin/bash
# Passes when "tower" runs nginx in the network "harbour" and publishes nothing.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker network inspect harbour > /dev/null 2>&1 || no 'There is no network named harbour yet.'
state=$(docker inspect --format '{{.State.Running}} {{.Config.Image}}' tower 2> /dev/null) || no 'The network is there. There is no container named tower yet.'
case $state in
  'true nginx'*) ;;
  true*) no "The tower runs ${state#true }, not nginx." ;;
  *) no 'The tower has ended. See docker logs tower.' ;;
esac
nets=$(docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' tower)
grep -qw harbour <<< "$nets" || no "The tower is in the network ${nets% }. Expected: harbour"
[ -z "$(docker port tower 2> /dev/null)" ] || no 'The tower has a published port. It should be reached from the harbour only: remove it, and run it without -p.'
echo 'A tower that can be seen from the harbour only.'
