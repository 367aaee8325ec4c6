echo {{berth}} > berth.txt
cat berth.txt
