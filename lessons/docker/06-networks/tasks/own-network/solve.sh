docker network create harbour
docker run -d --name tower --network harbour nginx
