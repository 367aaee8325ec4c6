docker rm -f db
docker run -d --name db --network shop -v dbdata:/data redis:latest redis-server --appendonly yes
sleep 2; docker exec db redis-cli get berth
