cd
docker build -t guestbook guestbook
docker run -d --name guestbook --network shop -e REDIS_HOST=db -p {{book_port}}:8000 guestbook
curl --retry 20 --retry-all-errors --retry-delay 1 localhost:{{book_port}}
