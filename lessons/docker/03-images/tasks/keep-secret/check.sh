#!/bin/bash
# Passes when board:1.2 holds the program and not the secret.
no() {
  printf '%s\n' "$*"
  exit 1
}

cd || exit 2
[ -e board/.env ] || no 'The file board/.env is gone from your folder. It should stay there: echo BOARD_PASSWORD=low-tide-at-noon > board/.env'
docker image inspect board:1.2 > /dev/null 2>&1 || {
  [ -e board/.dockerignore ] && no 'The list is there. Now build board:1.2.'
  [ -e .dockerignore ] && no 'I found ~/.dockerignore. It belongs beside the Dockerfile: ~/board/.dockerignore'
  no 'There is no image board:1.2 yet.'
}
files=$(docker run --rm board:1.2 ls -A /app 2> /dev/null)
grep -qx app.py <<< "$files" || no 'In board:1.2 there is no /app/app.py. Does your list keep out too much?'
grep -qx .env <<< "$files" && no 'In board:1.2 there still is a file .env. Is .env listed in board/.dockerignore? Then build again.'
docker history --no-trunc --format '{{.CreatedBy}}' board:1.2 | grep -qE 'rm .*\.env' && no 'A later step removed .env, but the layer below still holds it. Keep it from being copied: .dockerignore'
echo 'The secret stays at home.'
