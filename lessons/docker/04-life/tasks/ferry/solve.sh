docker logs ferry
docker rm ferry
docker run -d --name ferry -e CARGO=oranges ferry
