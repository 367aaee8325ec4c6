cd ~/guestbook
sed -i 's/8000:8090/8090:8000/; s/CACHE: redis/CACHE: store/' compose.yaml
docker compose up --detach
curl -s --retry 9 --retry-all-errors localhost:8090
