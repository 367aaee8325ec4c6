docker run -d --name site -p {{site_port}}:80 -v "$HOME/site:/usr/share/nginx/html" nginx
echo "The {{ship}} is in port." > ~/site/index.html
curl localhost:{{site_port}}
