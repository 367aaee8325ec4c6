lscpu
grep -qw hypervisor /proc/cpuinfo && echo virtual > computer.txt || echo physical > computer.txt
cat computer.txt
