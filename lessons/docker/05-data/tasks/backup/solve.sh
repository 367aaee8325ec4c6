mkdir -p ~/backup
docker run --rm -v logbook:/data:ro -v "$HOME/backup:/backup" busybox tar -cf /backup/logbook.tar -C /data .
