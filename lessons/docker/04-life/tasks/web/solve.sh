docker run -d --name web -p {{web_port}}:80 nginx
curl localhost:{{web_port}}
