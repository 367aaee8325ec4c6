#!/bin/bash
# Passes when the crane has set down its box; waits while it is at work.
cd || exit 2
if [ -s harbour/quay.txt ]; then
  echo "On the quay: $(head -n 1 harbour/quay.txt)."
  exit 0
fi
if pgrep -f harbour/bin/crane > /dev/null; then
  echo 'The crane is at work. This task looks again by itself.'
  exit 75
fi
echo 'The quay is empty, and the crane stands still.'
exit 1
