docker ps --all
docker container prune --force
