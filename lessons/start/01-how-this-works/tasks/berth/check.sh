#!/bin/bash
# Passes when ~/berth.txt holds the learner's own word and nothing else.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e berth.txt ] || no 'There is no file berth.txt in your home folder yet.'
found=$(tr -d '[:space:]' < berth.txt)
[ -n "$found" ] || no 'Your berth.txt is empty.'
[ "$found" = "$LESSON_BERTH" ] || no "Your berth.txt says \"${found:0:40}\". Your berth has another name; it stands in the text of the task."
echo "Moored at $LESSON_BERTH."
