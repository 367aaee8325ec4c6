cd ~/tide
sed -i 's/tides.py/tide.py/' Dockerfile
sed -i 's|^COPY|WORKDIR /srv\nCOPY|' Dockerfile
docker build -t tide .
docker run tide
