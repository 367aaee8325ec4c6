cd
docker build -t guestbook guestbook
docker run -d --name guestbook --network shop -e REDIS_HOST=db -p {{book_port}}:8000 guestbook
sleep 3; curl localhost:{{book_port}}
