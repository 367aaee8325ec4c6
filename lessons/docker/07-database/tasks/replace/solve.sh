docker rm -f db
docker run -d --name db --network shop -v dbdata:/data redis:latest redis-server --appendonly yes
until docker exec db redis-cli ping; do sleep 1; done; docker exec db redis-cli get berth
