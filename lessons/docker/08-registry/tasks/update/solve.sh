cd
team/mate-works
curl localhost:5000/v2/tide-table/tags/list
docker run --name newest "localhost:5000/tide-table:$(curl -s localhost:5000/v2/tide-table/tags/list | grep -o '1\.[1-9]')"
