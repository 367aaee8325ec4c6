#!/bin/bash
# Passes when board:1.1 has its packages below its program.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
docker image inspect board:1.1 > /dev/null 2>&1 || no 'There is no image board:1.1 yet.'
history=$(docker history --no-trunc --format '{{.CreatedBy}}' board:1.1)
pip=$(grep -n 'pip install' <<< "$history" | head -n 1 | cut -d : -f 1)
[ -n "$pip" ] || no 'In board:1.1 no packages are installed. The line with RUN pip install has to stay.'
copies=$(grep -nE '^(/bin/sh -c #\(nop\) )?COPY ' <<< "$history" | cut -d : -f 1)
above=0 below=0
for line in $copies; do
  if [ "$line" -lt "$pip" ]; then above=$((above + 1)); else below=$((below + 1)); fi
done
[ "$above" -gt 0 ] || no 'In board:1.1 the program is still copied before the packages are installed.'
[ "$below" -gt 0 ] || no 'In board:1.1 nothing is copied before pip runs, so it has no list to install from.'
whole=$(tail -n "+$pip" <<< "$history" | grep -E 'COPY (\. |app\.py)' | head -n 1)
[ -z "$whole" ] || no 'In board:1.1 the whole folder is still copied below the packages. Copy only requirements.txt there.'
echo 'A change in the program leaves the packages alone.'
