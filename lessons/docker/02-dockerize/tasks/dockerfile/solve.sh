cd ~/app
echo 'FROM python:3.11-slim' > Dockerfile
echo 'WORKDIR /app' >> Dockerfile
echo 'COPY app.py /app' >> Dockerfile
echo 'CMD ["python", "app.py"]' >> Dockerfile
cat Dockerfile
