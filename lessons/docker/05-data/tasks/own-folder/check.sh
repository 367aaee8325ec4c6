#!/bin/bash
# Passes when the container "site" serves ~/site, and the page names the learner's ship.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
mount=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/usr/share/nginx/html"}}{{.Type}} {{.Source}}{{end}}{{end}}' site 2> /dev/null) || no 'There is no container named site yet.'
case $mount in
  "bind $HOME/site" | "bind $HOME/site/") ;;
  volume*) no "In the container site lies a volume, not your folder. A path begins with a slash: $HOME/site" ;;
  '') no 'The container site has nothing laid at /usr/share/nginx/html.' ;;
  *) no "In the container site lies ${mount#bind }. Expected: $HOME/site" ;;
esac
[ "$(docker inspect --format '{{.State.Running}}' site)" = true ] || no 'The container site has ended. See docker logs site.'
port=$(docker port site 80 2> /dev/null | head -n 1)
[ "${port##*:}" = "$LESSON_SITE_PORT" ] || no "Port 80 of site is at \"${port##*:}\" outside. Expected: $LESSON_SITE_PORT"
page=$(curl -s -m 3 "localhost:$LESSON_SITE_PORT") || { echo 'The container site does not answer yet.'; exit 75; }
grep -qi "$LESSON_SHIP" <<< "$page" || no "It shows your folder. Now change site/index.html so that it names your ship, $LESSON_SHIP. It says: ${page:0:40}"
echo 'Changed outside, seen inside.'
