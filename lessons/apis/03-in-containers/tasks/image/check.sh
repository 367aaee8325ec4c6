#!/bin/bash
# Passes when there is an image harbour-api that starts Gunicorn.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -d api ] || no 'The folder ~/api is gone. Reset the lab to get it back.'
command=$(docker image inspect harbour-api --format '{{.Config.Entrypoint}} {{.Config.Cmd}}' 2> /dev/null) || {
  [ -f api/Dockerfile ] && no 'There is a Dockerfile. There is no image harbour-api yet: build it with --tag harbour-api.'
  [ -f Dockerfile ] && no 'The Dockerfile lies in your home folder. It belongs in ~/api, beside the code.'
  no 'There is no ~/api/Dockerfile yet, and no image harbour-api.'
}
[[ $command = *gunicorn* ]] || no "The image harbour-api is there. It starts ${command:0:100}, not gunicorn."
[[ $command = *0.0.0.0:8000* ]] || no 'Gunicorn listens inside its container only. Let it bind to 0.0.0.0:8000.'
docker history --no-trunc --format '{{.CreatedBy}}' harbour-api | grep -q 'requirements.txt' || no 'The image starts gunicorn. Nothing in it was installed from requirements.txt.'
echo 'Python, Django, REST framework and your code, in one image.'
