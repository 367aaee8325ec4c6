docker network create shop
docker run -d --name db --network shop -v dbdata:/data redis:7 redis-server --appendonly yes
