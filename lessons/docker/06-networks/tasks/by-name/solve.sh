docker run --name lookout --network harbour busybox wget -qO- http://tower
