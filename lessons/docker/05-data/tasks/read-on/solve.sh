docker run -d --name reader -p {{log_port}}:80 -v logbook:/usr/share/nginx/html:ro nginx
curl localhost:{{log_port}}/log.txt
