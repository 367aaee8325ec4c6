docker exec web sh -c 'echo "Welcome aboard the {{ship}}" > /usr/share/nginx/html/index.html'
curl localhost:{{web_port}}
