cd
echo 'FROM python:3.11-slim' > board/Dockerfile
echo 'WORKDIR /app' >> board/Dockerfile
echo 'COPY requirements.txt /app/' >> board/Dockerfile
echo 'RUN pip install -r requirements.txt' >> board/Dockerfile
echo 'COPY . /app' >> board/Dockerfile
echo 'CMD ["python", "app.py"]' >> board/Dockerfile
docker build -t board:1.1 board
