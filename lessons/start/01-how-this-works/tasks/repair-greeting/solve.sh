ls -l harbour/bin
chmod +x harbour/bin/greet
head -n 1 harbour/bin/greet
sed -i '1s|.*|#!/bin/bash|' harbour/bin/greet
harbour/bin/greet > greeting.txt
cat greeting.txt
