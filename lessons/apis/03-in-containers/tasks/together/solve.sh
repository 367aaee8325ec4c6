cd ~/api
sed -i 's/    depends_on/    environment: {CACHE_HOST: cache}\n    depends_on/' docker-compose.yml
docker compose up --detach
until curl -s localhost:8000/api/visits/; do sleep 1; done
