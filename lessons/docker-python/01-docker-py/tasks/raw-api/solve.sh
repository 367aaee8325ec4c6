curl -s --unix-socket /var/run/docker.sock http://localhost/version | python3 -m json.tool
echo 1.41 > api.txt
