#!/bin/bash
# Reads the guestbook's log for the address at which it looks for the database.
error=$(docker logs guestbook 2>&1 | grep -o 'connecting to [^ ]*' | tail -n 1)
if [ -n "$error" ]; then
  echo "In the log of your guestbook stands: ${error%.}. Is somebody there, in the same network?"
fi
