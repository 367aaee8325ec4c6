#!/bin/bash
# Passes when the container "newest" was made from the newest tag in the registry.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
tags=$(curl -sf -m 8 localhost:5000/v2/tide-table/tags/list | grep -oE '"[0-9]+\.[0-9]+"' | tr -d '"' | sort -V)
new=$(tail -n 1 <<< "$tags")
[ -n "$new" ] || no 'The registry has no tide-table. Push yours first.'
[ "$new" != 1.0 ] || no 'The registry has only your 1.0. Let your team mate work: team/mate-works'
image=$(docker inspect --format '{{.Config.Image}}' newest 2> /dev/null) || no 'There is no container named newest yet.'
case $image in
  localhost:5000/tide-table:1.0 | tide-table:1.0) no 'The container newest was made from your own 1.0. There is a newer tag in the registry.' ;;
  localhost:5000/tide-table:"$new" | localhost:5000/tide-table@*) ;;
  *) no "The container newest was made from $image. Expected: the newest tag of localhost:5000/tide-table" ;;
esac
docker logs newest 2>&1 | grep -q 'low tide' || no "The container newest did not tell the low tide: $(docker logs --tail 1 newest 2>&1 | cut -c 1-80)"
echo "Version $new tells the low tide, too."
