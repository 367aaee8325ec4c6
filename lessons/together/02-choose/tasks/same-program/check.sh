#!/bin/bash
# Passes when both files hold what app.py printed in its place.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
for name in environment container; do
  [ -e "$name.txt" ] || no "There is no file $name.txt yet."
  if ! grep -q '^Python 3' "$name.txt" || ! grep -q '^kernel' "$name.txt"; then
    no "$name.txt does not hold the three lines of app.py. Run the command without > to see what it says."
  fi
done
grep -q "in $HOME/" environment.txt || no "environment.txt was not written by an environment's Python: $(head -n 1 environment.txt)"
grep -q "in $HOME/" container.txt && no 'container.txt was written by the environment, not in a container.'
grep -qx 'process number 1' container.txt || no 'container.txt should come from a container, where the program has the number 1.'
echo 'Two places, one kernel.'
