cd
echo .env > board/.dockerignore
docker build -t board:1.2 board
docker run --rm board:1.2 ls -A /app
