#!/bin/bash
# Passes when the page of "web" names the learner's ship.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
page=$(curl -s -m 3 "localhost:$LESSON_WEB_PORT") || no 'Nobody answers on your port. Is the container web running?'
grep -qi "$LESSON_SHIP" <<< "$page" && echo "The $LESSON_SHIP is on the page." && exit 0
grep -q 'Welcome to nginx' <<< "$page" || no "The page was changed, but does not name your ship, $LESSON_SHIP: ${page:0:60}"
[ -e index.html ] && grep -qi "$LESSON_SHIP" index.html && no 'I found your text in ~/index.html. The page has to be changed in the container.'
no 'The page is still the one that nginx brings along.'
