python3 -m venv env
env/bin/python app.py > environment.txt
docker run --rm -v "$PWD":/app python:3.11-slim python /app/app.py > container.txt
cat environment.txt container.txt
