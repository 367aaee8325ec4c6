cd
harbour/begin
docker logs beacon | head -n 1
docker logs beacon | head -n 1 > keeper.txt
