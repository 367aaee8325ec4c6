cd ~/app
docker build -t python-docker-app .
