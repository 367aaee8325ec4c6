#!/bin/bash
# Passes when ~/address.txt holds the address of "tower" in the network "harbour".
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
true=$(docker inspect --format '{{with index .NetworkSettings.Networks "harbour"}}{{.IPAddress}}{{end}}' tower 2> /dev/null) || no 'There is no container named tower.'
[ -n "$true" ] || no 'The tower has no address in the harbour. Does it run?'
[ -e address.txt ] || no 'There is no file ~/address.txt yet.'
found=$(tr -d '[:space:]"' < address.txt)
[ -n "$found" ] || no 'Your address.txt is empty.'
gateway=$(docker network inspect --format '{{range .IPAM.Config}}{{.Gateway}}{{end}}' harbour)
case $found in
  "$true") echo "$true, for as long as it runs." ;;
  "$true"/*) no "Nearly: what follows the slash in $found is the size of the network. Leave it out." ;;
  "$gateway") no "$found is the address of the way out, the gateway. The tower has another one." ;;
  *) no "Your address.txt says \"${found:0:40}\". The tower has another address in the harbour." ;;
esac
