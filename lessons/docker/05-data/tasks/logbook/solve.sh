docker volume create logbook
docker run --rm -v logbook:/data busybox sh -c 'echo "{{ship}} has sailed" >> /data/log.txt'
