dock/begin
docker logs --tail 1 ferry
docker network connect north ferry
