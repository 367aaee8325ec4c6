#!/bin/bash
# Passes when the database holds the learner's berth.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
found=$(docker exec db redis-cli get berth 2> /dev/null) || no 'The database does not answer. Does the container db run?'
[ -n "$found" ] || no 'The database has nothing under the key berth yet.'
grep -qi "$LESSON_BERTH" <<< "$found" || no "Under berth the database has \"${found:0:40}\". Your berth has another name: $LESSON_BERTH"
echo "Moored at $LESSON_BERTH, and written down."
