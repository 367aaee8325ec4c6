#!/bin/bash
# Passes when ~/app/Dockerfile has the four instructions.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
file=app/Dockerfile
if [ ! -e "$file" ]; then
  other=$(find . -maxdepth 2 -iname 'dockerfile*' -not -path './tide/*' -type f | head -n 1)
  [ -n "$other" ] && no "I found ~/${other#./}. Its name and place have to be ~/$file, without an ending."
  no 'There is no ~/app/Dockerfile yet.'
fi
for word in FROM WORKDIR COPY CMD; do
  grep -qiE "^[[:space:]]*${word}[[:space:]]" "$file" || no "Your Dockerfile has no line that begins with $word."
done
from=$(grep -iE '^[[:space:]]*FROM[[:space:]]' "$file" | head -n 1 | awk '{print $2}')
case $from in
  python:3.9*) no "Your Dockerfile begins with $from. That one is past its end of life, and not in this lab: take python:3.11-slim." ;;
  python*) ;;
  *) no "Your Dockerfile builds on $from, where no Python is. Take python:3.11-slim." ;;
esac
grep -iE '^[[:space:]]*COPY[[:space:]]' "$file" | grep -qE 'app\.py|[[:space:]]\.' || no 'Your COPY does not copy app.py.'
grep -iE '^[[:space:]]*CMD[[:space:]]' "$file" | grep -q 'app\.py' || no 'Your CMD does not start app.py.'
echo 'Four instructions, one for each thing that the program needs.'
