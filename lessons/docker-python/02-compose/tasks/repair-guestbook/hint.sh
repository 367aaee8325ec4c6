#!/bin/bash
# Tells which of the two faults is in the way at this moment.
web=$(docker ps --quiet --filter label=com.docker.compose.project=guestbook --filter label=com.docker.compose.service=web | head -n 1)
if [ -z "$web" ]; then
  echo 'Start it first, in ~/guestbook, and see how it fails.'
elif ! docker port "$web" 8000/tcp > /dev/null 2>&1; then
  echo 'curl is refused: look at the ports. The left number is the outside, and app.py says on which port it listens inside.'
elif docker logs --tail 5 "$web" 2>&1 | grep -q 'ConnectionError'; then
  echo 'The page is reached now, and fails. The last line of docker compose logs web names what it looks for.'
fi
exit 0
