#!/bin/bash
# Passes when ~/backup/logbook.tar holds what the volume "logbook" does.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
file=backup/logbook.tar
if [ ! -e "$file" ]; then
  [ -e logbook.tar ] && no 'I found ~/logbook.tar. Expected: ~/backup/logbook.tar'
  [ -d backup ] || no 'There is no folder ~/backup yet.'
  no 'The folder ~/backup is there. There is no logbook.tar in it yet.'
fi
names=$(tar -tf "$file" 2> /dev/null) || no 'Your logbook.tar is no archive that tar can read.'
name=$(grep -E '(^|/)log\.txt$' <<< "$names" | head -n 1)
[ -n "$name" ] || no 'There is no log.txt in your logbook.tar. Was the volume laid at the place that you packed?'
packed=$(tar -xOf "$file" "$name")
grep -qi "$LESSON_SHIP" <<< "$packed" || no "The log.txt in your archive does not name the $LESSON_SHIP. Pack it once more."
echo 'A copy on dry land.'
