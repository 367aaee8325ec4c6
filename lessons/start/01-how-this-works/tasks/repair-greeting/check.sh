#!/bin/bash
# Passes when harbour/bin/greet runs and ~/greeting.txt holds its greeting.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
greet=harbour/bin/greet
[ -f "$greet" ] || no 'harbour/bin/greet is gone. Reset the lab to get it back.'
[ -x "$greet" ] || no 'harbour/bin/greet is not marked as a program yet.'
said=$("./$greet" 2>&1) || no "harbour/bin/greet starts no better than before. Its first line is: $(head -n 1 "$greet")"
[ "$said" = 'Welcome to the harbour!' ] || no "harbour/bin/greet runs, but says: ${said:0:80}"
[ -e greeting.txt ] || no 'It greets! Now let it write its greeting into greeting.txt.'
[ "$(cat greeting.txt)" = 'Welcome to the harbour!' ] || no 'It greets, but greeting.txt holds something else. Write it once more.'
echo 'Two faults found, and both repaired.'
