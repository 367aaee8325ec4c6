sed -i 's/^1:.*/1: environment/; s/^[24]:.*/& container/; s/^[356]:.*/& machine/' cases.txt
grep -v '#' cases.txt
