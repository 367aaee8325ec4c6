#!/bin/bash
# Passes when the container "visit" holds its own host name in /note.txt.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
id=$(docker inspect --format '{{.Id}}' visit 2> /dev/null) || {
  [ -e note.txt ] && no 'There is no container named visit. (The file ~/note.txt lies outside any container.)'
  no 'There is no container named visit. If you started one with --rm, it was cleared away when you left.'
}
note=$(docker cp visit:/note.txt - 2> /dev/null | tar -xO 2> /dev/null) || no 'The container visit has no /note.txt. Enter it again with: docker start -ai visit'
note=$(tr -d '[:space:]' <<< "$note")
[ -n "$note" ] || no 'The /note.txt in visit is empty.'
host=$(docker inspect --format '{{.Config.Hostname}}' visit)
[ "$note" = "$host" ] || no "The /note.txt in visit says \"${note:0:40}\". Expected: what stands in /etc/hostname there."
echo "A note in a place of its own: container ${id:0:12}."
