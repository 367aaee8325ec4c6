#!/bin/bash
# Passes when the container "ferry" of the image "ferry" runs.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
state=$(docker inspect --format '{{.State.Running}} {{.Config.Image}} {{.State.ExitCode}}' ferry 2> /dev/null) || no 'There is no container named ferry. Open the harbour with harbour/begin, or run it anew.'
read -r running image code <<< "$state"
[ "$image" = ferry ] || no "The container ferry was made from $image. Expected: the image ferry"
[ "$running" = true ] || no "The ferry has ended with code $code. Its last words are in docker logs ferry."
docker logs ferry 2>&1 | grep -q '^Carrying' || no 'The container ferry runs, but carries nothing. Let its own program start, without further words behind the image.'
echo "$(docker logs ferry 2>&1 | head -n 1) A good trip!"
