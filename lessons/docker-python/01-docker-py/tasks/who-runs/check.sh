#!/bin/bash
# Passes when ~/who.py prints the names of the running containers.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
export PYTHONDONTWRITEBYTECODE=1
[ -f who.py ] || no 'There is no program ~/who.py yet.'
expected=$(docker ps --format '{{.Names}}' | sort)
[ -n "$expected" ] || no 'No container runs, so there is nothing to print. Start lighthouse first.'
found=$(timeout 20 python3 who.py 2>&1) || no "who.py fails: $(tail -n 1 <<< "$found" | cut -c 1-200)"
[ -n "$found" ] || no 'who.py runs, but prints nothing, although docker ps lists containers.'
grep -q '<Container' <<< "$found" && no 'who.py prints the container objects themselves. Each has a name: container.name'
[ "$(sort <<< "$found")" = "$expected" ] || no "who.py should print $(xargs <<< "$expected"), each on its own line; it prints: $(head -n 3 <<< "$found" | cut -c 1-120)"
echo 'Your program and docker ps agree.'
