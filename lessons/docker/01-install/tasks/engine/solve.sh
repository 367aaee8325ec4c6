docker version
echo 1.6.20~ds1 > containerd.txt
