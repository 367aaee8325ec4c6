docker image inspect --format '{{index .RepoDigests 0}}' localhost:5000/tide-table:1.0 > ~/pinned.txt
cat ~/pinned.txt
