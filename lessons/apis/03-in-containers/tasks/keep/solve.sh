cd ~/api
sed -i '$a\    volumes: ["counts:/data"]\nvolumes:\n  counts:' docker-compose.yml
docker compose up --detach
until curl -s localhost:8000/api/visits/; do sleep 1; done
