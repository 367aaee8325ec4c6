#!/bin/bash
# Passes when the volume "logbook" holds the learner's ship in log.txt.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker volume inspect logbook > /dev/null 2>&1 || no 'There is no volume named logbook yet.'
text=$(docker run --rm -v logbook:/data:ro busybox cat /data/log.txt 2> /dev/null) || {
  [ -e data/log.txt ] || [ -e log.txt ] && no 'I found a log.txt in your home folder. It has to be written in a container, with the volume at /data.'
  no 'The volume is there. There is no log.txt in it yet.'
}
grep -qi "$LESSON_SHIP" <<< "$text" || no "The log.txt in the volume does not name your ship, $LESSON_SHIP: ${text:0:60}"
echo "The $LESSON_SHIP is in the book."
