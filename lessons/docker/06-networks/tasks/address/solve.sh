docker inspect --format '{{.NetworkSettings.Networks.harbour.IPAddress}}' tower > ~/address.txt
cat ~/address.txt
