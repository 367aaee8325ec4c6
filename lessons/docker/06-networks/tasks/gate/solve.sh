docker run -d --name gate --network harbour -p 127.0.0.1:{{gate_port}}:80 nginx
curl localhost:{{gate_port}}
