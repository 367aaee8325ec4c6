#!/bin/bash
# Passes when harbour/status reaches the engine and ~/status.txt holds what it says.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -f harbour/status ] || no 'harbour/status is gone. Reset the lab to get it back.'
said=$(bash harbour/status 2> /dev/null)
errors=$(bash harbour/status 2>&1 > /dev/null)
[ -z "$errors" ] || no "harbour/status still gets no answer: ${errors:0:150}"
grep -q '^Images here: [1-9]' <<< "$said" || no "harbour/status says: ${said:0:80}. It should count the images with: docker images"
[ -e status.txt ] || no 'It gets its answer. Now let it write into ~/status.txt.'
grep -q '^Images here: [1-9]' status.txt || no "Your status.txt says: $(head -c 60 status.txt | head -n 1). Write it once more."
echo 'One missing letter, and nobody was at home.'
