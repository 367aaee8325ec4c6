#!/bin/bash
# Passes when the log of "lookout" holds the page of the tower, fetched in the network "harbour".
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
nets=$(docker inspect --format '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{end}}' lookout 2> /dev/null) || no 'There is no container named lookout yet. With --rm it is cleared away at its end.'
grep -qw harbour <<< "$nets" || no "The lookout was in the network ${nets% }. Nobody there knows the tower."
said=$(docker logs lookout 2>&1)
grep -q '<title>' <<< "$said" || no "The lookout was in the harbour, but saw no page. It said: ${said:0:80}"
docker inspect --format '{{json .Config.Cmd}} {{json .Config.Entrypoint}}' lookout | grep -q tower || no 'The lookout saw a page, but did not ask for http://tower by name.'
echo 'Called by name, and answered.'
