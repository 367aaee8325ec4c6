docker run python-docker-app
