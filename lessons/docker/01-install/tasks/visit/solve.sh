docker run --name visit debian:bookworm bash -c 'cat /etc/hostname > /note.txt'
