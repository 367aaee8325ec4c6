#!/bin/bash
# Tells how far fleet.yaml, the containers and keeper.py are.
cd || exit 0
running=$(docker ps --quiet --filter label=app=fleet | wc -l)
wanted=$(sed -n 's/^ *replicas: *//p' fleet.yaml 2> /dev/null)
echo "fleet.yaml wants ${wanted:-nobody knows how many}; $running run."
if [ "$running" -gt "${wanted:-0}" ] 2> /dev/null; then
  echo 'The surplus is found[wanted:], a part of the list. Each of them has remove(force=True).'
fi
exit 0
