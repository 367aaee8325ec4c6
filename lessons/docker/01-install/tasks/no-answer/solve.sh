harbour/status
sed -i 's/doker/docker/' harbour/status
harbour/status > status.txt
