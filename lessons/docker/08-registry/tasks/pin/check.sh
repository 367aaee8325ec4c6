#!/bin/bash
# Passes when ~/pinned.txt holds the name of tide-table 1.0 with its digest.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
true=$(curl -sfI -m 8 -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/tide-table/manifests/1.0 | tr -d '\r' | sed -n 's/^docker-content-digest: *//Ip')
[ -n "$true" ] || no 'The registry has no tide-table:1.0. Push it first.'
[ -e pinned.txt ] || no 'There is no file ~/pinned.txt yet.'
found=$(tr -d '[:space:]' < pinned.txt)
id=$(docker image inspect --format '{{.Id}}' localhost:5000/tide-table:1.0 2> /dev/null)
case $found in
  "localhost:5000/tide-table@$true" | "localhost:5000/tide-table:1.0@$true") echo 'No other image can take its place.' ;;
  '') no 'Your pinned.txt is empty.' ;;
  "$true") no 'That is the digest. The whole name is wanted: localhost:5000/tide-table, then @, then the digest.' ;;
  *"${id:-none}"*) no 'That is the id which your engine gives the image. The digest in the registry is another checksum.' ;;
  *tide-table:1.0) no 'That name has a tag. In place of the colon and the tag goes @ and the digest.' ;;
  *) no "Your pinned.txt says ${found:0:90}. It is not the digest that the registry tells for 1.0." ;;
esac
