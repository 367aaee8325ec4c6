#!/bin/bash
# Names the address that the script uses.
address=$(sed -n 's/^ *export DOCKER_HOST=unix:\/\///p' ~/harbour/status 2> /dev/null | head -n 1)
if [ -n "$address" ] && [ ! -S "$address" ]; then
  echo "Your script looks for the engine at $address. There is nothing; in $(dirname "$address") I see: $(find "$(dirname "$address")"/ -maxdepth 1 -name '*.sock' -printf '%f ' 2> /dev/null)"
fi
