docker exec db redis-cli keys '*'
echo book:visits > ~/key.txt
