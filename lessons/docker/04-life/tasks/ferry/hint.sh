#!/bin/bash
# Tells the ferry's last words, or that there is none.
if docker container inspect ferry > /dev/null 2>&1; then
  if [ "$(docker inspect --format '{{.State.Running}}' ferry)" = false ]; then
    echo "The ferry's last words: $(docker logs --tail 1 ferry 2>&1)"
  fi
else
  echo 'There is no container named ferry at the moment, so the name is free for docker run.'
fi
