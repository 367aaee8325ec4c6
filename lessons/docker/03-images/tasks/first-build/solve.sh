cd
docker build -t board:1.0 board
