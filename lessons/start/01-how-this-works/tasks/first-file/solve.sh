echo "I was here" > hello.txt
