docker run -d --name registry -p 5000:5000 registry:2
sleep 1; curl localhost:5000/v2/_catalog
