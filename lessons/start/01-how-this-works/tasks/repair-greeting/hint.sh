#!/bin/bash
# Says which of the two faults is the next one.
cd || exit 1
if [ ! -x harbour/bin/greet ]; then
  echo "ls -l shows $(stat -c %A harbour/bin/greet) for greet and $(stat -c %A harbour/bin/crane) for the crane. Compare the letters."
elif ! harbour/bin/greet > /dev/null 2>&1; then
  echo "It is a program now, but its first line asks for one that does not exist: $(head -n 1 harbour/bin/greet)"
fi
