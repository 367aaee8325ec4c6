mkdir -p ~/app
echo 'print("Hello from Dockerized Python!")' > ~/app/app.py
