#!/bin/bash
# Passes when leaky.sh starts its shell as process 1 below ~/root.
cd || exit 2
if [ ! -f leaky.sh ]; then echo 'The file ~/leaky.sh is gone. Reset the lab to get it back.'; exit 1; fi
if ! grep -q -- '--root\|-R' leaky.sh; then echo 'leaky.sh no longer gives the box a root folder. Keep its --root.'; exit 1; fi
said=$(timeout 6 bash leaky.sh 2>&1 | tail -n 1)
if [ "$said" = 1 ]; then echo 'Process 1: the box begins to count by itself.'; exit 0; fi
echo "leaky.sh should print 1, but prints: ${said:0:120}"
exit 1
