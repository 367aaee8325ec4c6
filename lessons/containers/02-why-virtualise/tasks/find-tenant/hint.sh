#!/bin/bash
# Shows where the process of the container is to be found.
cd || exit 0
if ! pgrep -fx 'sleep 5000' > /dev/null; then
  echo 'Nothing on this computer runs "sleep 5000" yet. Start the container first.'
else
  echo "The list of this computer has $(ps -e --no-headers | wc -l) processes, and \"sleep 5000\" is one of them: ps -eo pid,args | grep 'sleep 5000'"
fi
exit 0
