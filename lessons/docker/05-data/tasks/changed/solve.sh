cd
cove/begin
docker diff smuggler
docker diff smuggler | grep cask > found.txt
