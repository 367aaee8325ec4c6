docker run --rm python-docker-app python -c 'import sys; print(sys.executable)' > ~/which.txt
cat ~/which.txt
